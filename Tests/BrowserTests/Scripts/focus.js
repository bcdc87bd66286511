// Follows the tab key. `begin` remembers how every stop looks before it has the focus; `look` judges the one that has it.
(() => {
  const parts = ["", "::before", "::after"];
  const properties = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor", "borderTopColor",
    "borderBottomColor", "borderBottomWidth", "color", "textDecorationLine", "textDecorationThickness", "opacity", "transform"];
  const look = (element) => parts.map((part) => {
    const style = getComputedStyle(element, part || null);
    return properties.map((name) => style[name]).join("|");
  }).join("||");
  const stops = all("a[href], area[href], button, input, select, textarea, summary, iframe, audio[controls], video[controls], [tabindex], [contenteditable]")
    .filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }));
  const before = new Map(stops.map((stop) => [stop, look(stop)]));
  return {
    count: stops.length,
    name: (index) => describe(stops[index]),
    positive: () => stops.filter((stop) => stop.tabIndex > 0).map(describe),
    look: () => {
      const element = document.activeElement;
      if (!element || element === document.body || element === document.documentElement) { return { index: -2, element: "", problems: [] }; }
      const index = stops.indexOf(element);
      const problems = [];
      const style = getComputedStyle(element);
      const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && colour(style.outlineColor)[3] > 0.1;
      if (before.has(element) && !outlined && look(element) === before.get(element)) { problems.push("nothing shows that it has the focus"); }
      if (outlined && style.outlineStyle !== "auto") {
        const behind = backdrop(element.parentElement || element);
        const ratio = behind ? contrastRatio(over(colour(style.outlineColor), behind), behind) : 0;
        if (ratio < 3) { problems.push(`its outline has ${ratio.toFixed(2)} to 1 of 3`); }
      }
      const box = element.getBoundingClientRect();
      if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth || box.width === 0) {
        problems.push("it has the focus out of sight");
      } else {
        // Somewhere in the part that is in the window, the element itself must be on top.
        const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
        const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
        const seen = [0.5, 0.1, 0.9].some((x) => [0.5, 0.1, 0.9].some((y) => {
          const hit = document.elementFromPoint(left + x * (right - left), top + y * (bottom - top));
          return hit && (element.contains(hit) || (hit.contains(element) && getComputedStyle(hit).position !== "fixed"));
        }));
        if (!seen) { problems.push("it has the focus behind something else"); }
      }
      return { index, element: describe(element), problems };
    },
  };
})()
