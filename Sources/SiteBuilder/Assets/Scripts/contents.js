// The contents beside the text show where the reader is.
function followContents() {
  var links = new Map();
  document.querySelectorAll(".contents a").forEach(function (link) {
    links.set(decodeURIComponent(link.hash.slice(1)), link);
  });
  var headings = Array.from(document.querySelectorAll("h2[id], h3[id]")).filter(function (h) { return links.has(h.id); });
  if (!headings.length) { return; }
  var waiting = false;
  function update() {
    waiting = false;
    var passed = headings.filter(function (h) { return h.getBoundingClientRect().top < innerHeight * 0.3; });
    var here = passed.length ? passed[passed.length - 1].id : null;
    links.forEach(function (link, id) {
      if (id === here) { link.setAttribute("aria-current", "true"); } else { link.removeAttribute("aria-current"); }
    });
  }
  addEventListener("scroll", function () {
    if (!waiting) { waiting = true; requestAnimationFrame(update); }
  }, { passive: true });
  update();
}
