// Text stands out from what is behind it: 4.5 to 1, large text 3 to 1 (WCAG 2.2, 1.4.3). Text of drawings is measured
// against the last shape painted below its middle.
() => {
  const found = [];
  const measure = (element, style, foreground, behind, where) => {
    if (!behind) { found.push({ element: describe(element), detail: `${where}stands on a picture` }); return; }
    let alpha = foreground[3];
    for (let e = element; e; e = e.parentElement) { alpha *= parseFloat(getComputedStyle(e).opacity); }
    const shown = over([...foreground.slice(0, 3), alpha], behind);
    const ratio = contrastRatio(shown, behind);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight, 10) >= 700) ? 3 : 4.5;
    if (ratio < least - 0.005) {
      const hex = (c) => "#" + c.slice(0, 3).map((v) => Math.round(v).toString(16).padStart(2, "0")).join("");
      found.push({ element: describe(element), detail: `${where}has ${ratio.toFixed(2)} to 1 of ${least} (${hex(shown)} on ${hex(behind)})` });
    }
  };
  const exempt = (element) => element.closest("[disabled], [aria-disabled=true]");
  const drawn = (label, drawing) => {
    const shape = corners(label);
    const middle = new DOMPoint((shape[0].x + shape[2].x) / 2, (shape[0].y + shape[2].y) / 2);
    let behind = backdrop(drawing);
    for (const element of drawing.querySelectorAll("rect, circle, ellipse, path, polygon, image")) {
      if (!(element.compareDocumentPosition(label) & Node.DOCUMENT_POSITION_FOLLOWING)) { break; }
      if (element.closest("defs, clipPath, mask, pattern, symbol") || !isVisible(element)) { continue; }
      const at = middle.matrixTransform(element.getScreenCTM().inverse());
      if (element.localName === "image") {
        const box = element.getBBox();
        if (at.x >= box.x && at.x <= box.x + box.width && at.y >= box.y && at.y <= box.y + box.height) { behind = null; }
        continue;
      }
      const style = getComputedStyle(element);
      if (style.fill === "none" || !element.isPointInFill(at)) { continue; }
      if (style.fill.startsWith("url")) { behind = null; continue; }
      const paint = colour(style.fill);
      const alpha = paint[3] * parseFloat(style.fillOpacity) * parseFloat(style.opacity);
      if (alpha === 1) { behind = paint; } else if (behind) { behind = over([...paint.slice(0, 3), alpha], behind); }
    }
    const style = getComputedStyle(label);
    // A halo, painted below the letters, is what they stand on.
    if (style.paintOrder.startsWith("stroke") && style.stroke !== "none" && parseFloat(style.strokeWidth) >= 2) {
      const halo = colour(style.stroke);
      behind = halo[3] === 1 ? halo : behind && over(halo, behind);
    }
    const fill = colour(style.fill);
    measure(label, style, [...fill.slice(0, 3), fill[3] * parseFloat(style.fillOpacity)], behind, "");
  };
  for (const element of new Set(textNodes(document.body).map((node) => node.parentElement))) {
    if (element.closest("script, style, title, desc, noscript, template") || !isVisible(element) || exempt(element)) { continue; }
    const drawing = element.closest("svg");
    if (drawing) { drawn(element, drawing); continue; }
    const style = getComputedStyle(element);
    measure(element, style, colour(style.color), backdrop(element), "");
  }
  for (const element of all("body *")) {
    for (const part of ["::before", "::after"]) {
      const style = getComputedStyle(element, part);
      if (!/^"(?=.*\S)/.test(style.content) || parseFloat(style.opacity) < 0.05 || !isVisible(element) || exempt(element)) { continue; }
      const own = colour(style.backgroundColor);
      const behind = backdrop(element);
      measure(element, style, colour(style.color), behind && over(own, behind), `${part} `);
    }
  }
  return found;
}
