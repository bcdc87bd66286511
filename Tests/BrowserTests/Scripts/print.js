// On paper nothing scrolls: what is wider than its box is lost, and so is what a closed fold holds, and where a link
// leads unless its address is written out. Backgrounds are usually not printed, so text must stand out from white.
() => {
  const found = [];
  const words = (element) => textNodes(element).some((node) => isVisible(node.parentElement));
  for (const element of all("body, body *")) {
    const style = getComputedStyle(element);
    if (element instanceof SVGElement || style.display === "none" || !isVisible(element)) { continue; }
    const cut = (overflow, inner, outer) => overflow !== "visible" && outer > 1 && inner > outer + 1;
    if ((cut(style.overflowX, element.scrollWidth, element.clientWidth) || cut(style.overflowY, element.scrollHeight, element.clientHeight))
        && element !== document.body && words(element)) {
      found.push({ element: describe(element), detail: `is ${element.scrollWidth} px wide in ${element.clientWidth} px` });
    }
  }
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    found.push({ element: "html", detail: `the paper's text is ${root.scrollWidth} px wide in ${root.clientWidth} px` });
  }
  for (const fold of all("details")) {
    if (!fold.checkVisibility()) { continue; }
    const hidden = textNodes(fold).some((node) => {
      const owner = node.parentElement;
      if (owner.closest("summary, script, style, title, desc")) { return false; }
      // What the page leaves out on paper (a button, say) is not shut in.
      for (let e = owner; e !== fold; e = e.parentElement) { if (getComputedStyle(e).display === "none") { return false; } }
      const range = document.createRange();
      range.selectNodeContents(node);
      return range.getClientRects().length === 0 || !owner.checkVisibility({ contentVisibilityAuto: true });
    });
    if (hidden) { found.push({ element: describe(fold), detail: "stays shut on paper" }); }
  }
  for (const link of all('a[href^="http"]')) {
    const written = link.textContent + getComputedStyle(link, "::after").content;
    if (isVisible(link) && !written.includes(link.getAttribute("href"))) {
      found.push({ element: describe(link), detail: "does not show where it leads" });
    }
  }
  const white = [255, 255, 255, 1];
  for (const element of new Set(textNodes(document.body).map((node) => node.parentElement))) {
    if (element.closest("script, style, title, desc, noscript, template, svg") || !isVisible(element)) { continue; }
    const shown = over(colour(getComputedStyle(element).color), white);
    if (contrastRatio(shown, white) < 3) { found.push({ element: describe(element), detail: "is too pale for white paper" }); }
  }
  return found;
}
