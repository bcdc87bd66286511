// Nothing moves while the page loads (the sum of its shifts, as browsers score it).
() => {
  const observer = new PerformanceObserver(() => {});
  observer.observe({ type: "layout-shift", buffered: true });
  const shifts = performance.getEntriesByType("layout-shift").concat(observer.takeRecords());
  const sum = shifts.reduce((total, shift) => total + shift.value, 0);
  if (sum < 0.01) { return []; }
  const moved = shifts.flatMap((shift) => (shift.sources || []).map((source) => source.node).filter((node) => node && node.nodeType === 1));
  return [{ element: moved.length ? describe(moved[0]) : "html", detail: "moves while the page loads" }];
}
