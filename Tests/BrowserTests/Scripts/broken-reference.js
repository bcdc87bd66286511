// What refers to an element of the page by its id finds it.
() => {
  const found = [];
  const want = (element, attribute, id) => {
    if (!document.getElementById(id)) { found.push({ element: describe(element), detail: `${attribute} names #${id}, which is not there` }); }
  };
  for (const attribute of ["for", "headers", "list", "form", "aria-labelledby", "aria-describedby", "aria-controls",
    "aria-owns", "aria-details", "aria-flowto", "aria-activedescendant", "aria-errormessage"]) {
    for (const element of all(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).split(/\s+/).filter(Boolean)) { want(element, attribute, id); }
    }
  }
  for (const element of all("svg, svg *")) {
    for (const { name, value } of element.attributes) {
      for (const match of value.matchAll(/url\(["']?#([^"')]+)/g)) { want(element, name, match[1]); }
    }
    if (element.localName === "use" && element.href.baseVal.startsWith("#")) { want(element, "href", element.href.baseVal.slice(1)); }
  }
  return found;
}
