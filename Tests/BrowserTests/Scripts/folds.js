// The folds of the page, outermost first, and what a click on one must change.
(() => {
  const folds = all("details");
  return {
    count: folds.length,
    // Brings the fold's summary into the window; the point to click on, or the reason why there is none.
    place: (index) => {
      const fold = folds[index];
      const summary = fold.querySelector(":scope > summary");
      if (!fold.checkVisibility({ contentVisibilityAuto: true })) { return { skip: true }; }
      if (!summary || !isVisible(summary)) { return { element: describe(fold), problem: "has no summary to click on" }; }
      summary.scrollIntoView({ block: "center", behavior: "instant" });
      const box = summary.getBoundingClientRect();
      return { element: describe(summary), open: fold.open, x: box.left + Math.min(box.width / 2, 12), y: box.top + box.height / 2 };
    },
    state: (index) => {
      const fold = folds[index];
      const shown = textNodes(fold).some((node) => !node.parentElement.closest("summary") && isVisible(node.parentElement))
        || [...fold.querySelectorAll("svg, img")].some(isVisible);
      return { open: fold.open, shown };
    },
  };
})()
