// The document never scrolls sideways; the finding names what sticks out furthest.
() => {
  const root = document.documentElement;
  const width = root.clientWidth;
  if (document.scrollingElement.scrollWidth <= width) { return []; }
  const inScroller = (element) => {
    for (let e = element.parentElement; e && e !== document.body; e = e.parentElement) {
      if (getComputedStyle(e).overflowX !== "visible") { return true; }
    }
    return false;
  };
  const right = (element) => element.getBoundingClientRect().right + scrollX;
  const widest = all("body *").filter((e) => right(e) > width + 0.5 && !inScroller(e)).sort((a, b) => right(b) - right(a));
  const worst = widest.length ? widest.filter((e) => right(e) === right(widest[0])).pop() : document.body;
  return [{ element: describe(worst), detail: `the document is ${document.scrollingElement.scrollWidth} px wide in ${width} px` }];
}
