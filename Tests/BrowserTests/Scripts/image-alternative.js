// Every picture has words for those who do not see it: an image its alt, a drawing that is not mere decoration a name.
() => {
  const found = [];
  for (const image of all("img, area, input[type=image]")) {
    if (!image.hasAttribute("alt")) {
      found.push({ element: describe(image), detail: "has no alt" });
    } else if (!image.alt.trim() && image.closest("figure, a, button")) {
      found.push({ element: describe(image), detail: "has an empty alt where it is the content" });
    }
  }
  for (const drawing of all("svg").filter((svg) => !svg.ownerSVGElement && !svg.closest("[aria-hidden=true]"))) {
    const title = [...drawing.children].find((child) => child.localName === "title");
    const labels = (drawing.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean)
      .map((id) => document.getElementById(id)?.textContent.trim());
    const name = labels.join(" ").trim() || (drawing.getAttribute("aria-label") || "").trim() || title?.textContent.trim();
    if (drawing.getAttribute("role") !== "img" || !name) {
      found.push({ element: describe(drawing), detail: name ? "is a drawing without role=\"img\"" : "is a drawing without a name" });
    }
  }
  return found;
}
