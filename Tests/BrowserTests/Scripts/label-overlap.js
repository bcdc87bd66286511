// No two labels of a drawing overlap, and none is cut off at its edge. Boxes are those of the letters' line, turned with
// the label; the line leaves room above and below the letters, which does not count.
() => {
  const found = [];
  const trimmed = (label) => {
    const box = label.getBBox();
    const matrix = label.getScreenCTM();
    const room = box.height * 0.15;
    return [[0, 0], [1, 0], [1, 1], [0, 1]].map(([x, y]) =>
      new DOMPoint(box.x + x * box.width, box.y + room + y * (box.height - 2 * room)).matrixTransform(matrix));
  };
  // Two convex shapes are apart when some side of one has the other wholly beyond it.
  const apart = (a, b) => [a, b].some((shape) => shape.some((p, i) => {
    const q = shape[(i + 1) % shape.length];
    const [nx, ny] = [q.y - p.y, p.x - q.x];
    const length = Math.hypot(nx, ny) || 1;
    const range = (points) => {
      const values = points.map((c) => (c.x * nx + c.y * ny) / length);
      return [Math.min(...values), Math.max(...values)];
    };
    const [aLow, aHigh] = range(a);
    const [bLow, bHigh] = range(b);
    return aHigh <= bLow + 0.5 || bHigh <= aLow + 0.5;
  }));
  for (const drawing of all("svg").filter((svg) => !svg.ownerSVGElement && isVisible(svg))) {
    const labels = [...drawing.querySelectorAll("text")]
      .filter((label) => label.textContent.trim() && isVisible(label))
      .map((label) => ({ label, shape: trimmed(label) }));
    const frame = drawing.getBoundingClientRect();
    labels.forEach(({ label, shape }, i) => {
      const outside = shape.some((p) => p.x < frame.left - 1 || p.x > frame.right + 1 || p.y < frame.top - 1 || p.y > frame.bottom + 1);
      if (outside && getComputedStyle(drawing).overflow !== "visible") {
        found.push({ element: describe(label), detail: "is cut off at the drawing's edge" });
      }
      for (const other of labels.slice(i + 1)) {
        if (!apart(shape, other.shape)) {
          found.push({ element: describe(label), detail: `overlaps ${describe(other.label)}` });
        }
      }
    });
  }
  return found;
}
