// Helpers of all checks. A check is an expression: a function that returns a list of {element, detail}.

// Where an element is, in a form that a person finds again.
const describe = (element) => {
  const step = (e) => {
    if (e.id) { return `${e.localName}#${e.id}`; }
    const names = [...e.classList].slice(0, 2).map((name) => `.${name}`).join("");
    const alike = e.parentElement ? [...e.parentElement.children].filter((s) => s.localName === e.localName) : [e];
    return e.localName + names + (alike.length > 1 ? `:nth-of-type(${alike.indexOf(e) + 1})` : "");
  };
  const steps = [];
  for (let e = element; e && steps.length < 4 && e.localName !== "body"; e = e.parentElement) {
    steps.unshift(step(e));
    if (e.id) { break; }
  }
  const text = (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
  return steps.join(" > ") + (text ? ` “${text}”` : "");
};

// Whether anything of the element can be seen; what is cut down to a pixel is for screen readers only.
const isVisible = (element) => {
  if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) { return false; }
  for (let e = element; e; e = e.parentElement) {
    const style = getComputedStyle(e);
    if (parseFloat(style.opacity) < 0.05) { return false; }
    if (style.clipPath.startsWith("inset(50%") || style.clip === "rect(0px, 0px, 0px, 0px)"
        || style.clip === "rect(1px, 1px, 1px, 1px)") { return false; }
  }
  const box = element.getBoundingClientRect();
  return box.width > 1 || box.height > 1;
};

const all = (selector) => [...document.querySelectorAll(selector)];

// Text nodes that hold more than white space.
const textNodes = (root) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) { if (walker.currentNode.data.trim()) { nodes.push(walker.currentNode); } }
  return nodes;
};

// The four corners of an SVG element's box on the screen; rotated where the element is.
const corners = (element) => {
  const box = element.getBBox();
  const matrix = element.getScreenCTM();
  return [[0, 0], [1, 0], [1, 1], [0, 1]].map(([x, y]) =>
    new DOMPoint(box.x + x * box.width, box.y + y * box.height).matrixTransform(matrix));
};

// Colours as [red, green, blue, alpha], whatever notation the page uses.
const colours = new Map();
const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
const colour = (text) => {
  if (!colours.has(text)) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = "#000";
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    colours.set(text, [r, g, b, a / 255]);
  }
  return colours.get(text);
};
const over = (top, bottom) => {
  const a = top[3];
  return [0, 1, 2].map((i) => top[i] * a + bottom[i] * (1 - a)).concat(1);
};
const luminance = (c) => {
  const [r, g, b] = c.slice(0, 3).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrastRatio = (a, b) => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};
const canvasColour = () => colour(getComputedStyle(document.documentElement).colorScheme.includes("dark")
  && matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#fff");

// The colour that lies behind an element, or null where a picture does. Gradients that scroll with the box that they
// belong to are shades at its edges, for what scrolls below them: they are left out.
const backdrop = (element) => {
  const layers = [];
  for (let e = element; e; e = e.parentElement) {
    const style = getComputedStyle(e);
    const shades = /auto|scroll/.test(style.overflowX) && !style.backgroundImage.includes("url(");
    if (style.backgroundImage !== "none" && !shades) { return null; }
    const paint = colour(style.backgroundColor);
    if (paint[3] > 0) { layers.push(paint); }
    if (paint[3] === 1) { break; }
  }
  return layers.reverse().reduce((below, layer) => over(layer, below), canvasColour());
};
