// The frame that every page stands in.
() => {
  const found = [];
  const say = (element, detail) => found.push({ element: describe(element), detail });
  const root = document.documentElement;
  if (!root.lang.trim()) { say(root, "has no lang"); }
  if (!document.title.trim()) { say(root, "has no title"); }
  if (document.compatMode !== "CSS1Compat") { say(root, "is in quirks mode"); }
  if (root.clientWidth > innerWidth || (innerWidth < 600 && !document.querySelector("meta[name=viewport]"))) { say(root, "has no viewport for phones"); }
  if (all("main").filter(isVisible).length !== 1) { say(document.body, "does not have exactly one main"); }
  if (all("h1").length !== 1) { say(document.body, `has ${all("h1").length} headings of the first level`); }
  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6")) {
    const own = Number(heading.localName[1]);
    if (own > level + 1) { say(heading, `follows a heading of level ${level}`); }
    level = own;
  }
  const first = all("a[href], button, input, summary, [tabindex]").find((e) => e.tabIndex >= 0);
  const target = first?.getAttribute("href")?.startsWith("#") && document.getElementById(decodeURIComponent(first.hash.slice(1)));
  if (!target || !(target.matches("main") || target.closest("main"))) { say(first || document.body, "the first stop of the tab key does not skip to the text"); }
  return found;
}
