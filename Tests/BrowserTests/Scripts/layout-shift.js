// Nothing moves while the page loads (the sum of its shifts, as browsers score it). A promise: the shifts are handed out
// with the frames, some of which have to pass.
() => new Promise((resolve) => {
  const shifts = [];
  const observer = new PerformanceObserver((list) => shifts.push(...list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  let frames = 6;
  const wait = () => {
    if (frames-- > 0) { requestAnimationFrame(wait); return; }
    setTimeout(() => {
      shifts.push(...observer.takeRecords());
      const sum = shifts.reduce((total, shift) => total + shift.value, 0);
      if (sum < 0.01) { resolve([]); return; }
      const nodes = shifts.flatMap((shift) => (shift.sources || []).map((source) => source.node));
      const moved = nodes.find((node) => node && node.nodeType === 1);
      resolve([{ element: moved ? describe(moved) : "html", detail: "moves while the page loads" }]);
    }, 0);
  };
  wait();
})
