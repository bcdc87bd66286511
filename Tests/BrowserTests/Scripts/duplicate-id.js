() => {
  const seen = new Set();
  return all("[id]").flatMap((element) => {
    const again = seen.has(element.id) || element.id === "";
    seen.add(element.id);
    return again ? [{ element: describe(element), detail: element.id ? "the id stands twice" : "the id is empty" }] : [];
  });
}
