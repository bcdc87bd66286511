// What a page can do with script and does well without: a theme that is remembered, copying, types on hover, contents
// that follow the reading. Loaded before the page is painted, so that a remembered theme never flashes.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");

  // Storage may be forbidden (some browsers do so for files); the theme is then not remembered.
  function remembered() { try { return localStorage.getItem("theme"); } catch (error) { return null; } }
  function remember(theme) { try { localStorage.setItem("theme", theme); } catch (error) { /* not remembered */ } }

  var saved = remembered();
  if (saved === "light" || saved === "dark") { root.dataset.theme = saved; }

  function isDark() {
    return (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  }

  function button(className, label) {
    var element = document.createElement("button");
    element.type = "button";
    element.className = className;
    element.setAttribute("aria-label", label);
    return element;
  }

  function addThemeSwitch() {
    var toggle = button("theme", "Dark theme");
    // A disc, half of it filled.
    toggle.innerHTML = '<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">' +
      '<circle cx="9" cy="9" r="7" fill="none" stroke="currentColor" stroke-width="1.6"/>' +
      '<path d="M9 2a7 7 0 0 1 0 14z" fill="currentColor"/></svg>';
    function update() { toggle.setAttribute("aria-pressed", String(isDark())); }
    toggle.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember(root.dataset.theme);
      update();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", update);
    update();
    document.querySelector(".bar").append(toggle);
  }

  function copyText(text) {
    if (navigator.clipboard && isSecureContext) { return navigator.clipboard.writeText(text); }
    // Files have no clipboard interface in some browsers.
    var area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copying is not permitted"));
  }

  function addCopyButtons() {
    document.querySelectorAll(".code").forEach(function (block) {
      var copy = button("copy", "Copy the code");
      copy.textContent = "Copy";
      copy.addEventListener("click", function () {
        copyText(block.querySelector("pre code").textContent + "\n").then(
          function () { copy.textContent = "Copied"; }, function () { copy.textContent = "Press Ctrl+C"; });
        setTimeout(function () { copy.textContent = "Copy"; }, 1600);
      });
      (block.querySelector(".command") || block).append(copy);
    });
    document.querySelectorAll(".anchor").forEach(function (anchor) {
      anchor.addEventListener("click", function () { copyText(anchor.href).catch(function () { /* the address bar has it */ }); });
    });
  }

  // Types. In a block of code the arrow keys go from name to name; Escape closes.
  function addTypes() {
    if (!document.getElementById("page:types")) { return; }
    var box = document.createElement("div");
    box.className = "hover";
    box.id = "page:type";
    box.setAttribute("role", "tooltip");
    box.hidden = true;
    document.body.append(box);
    var current = null;
    var closing = 0;

    function close() {
      if (current) { current.classList.remove("open"); current.removeAttribute("aria-describedby"); }
      current = null;
      box.hidden = true;
    }
    function open(name) {
      clearTimeout(closing);
      if (current === name) { return; }
      close();
      var source = document.getElementById("type:" + name.dataset.h);
      if (!source) { return; }
      current = name;
      name.classList.add("open");
      name.setAttribute("aria-describedby", box.id);
      box.replaceChildren.apply(box, Array.from(source.cloneNode(true).childNodes));
      box.hidden = false;
      var place = name.getBoundingClientRect();
      var width = root.clientWidth;
      box.style.left = "0px";
      var left = Math.max(16, Math.min(place.left, width - box.offsetWidth - 16));
      var above = place.top - box.offsetHeight - 6;
      box.style.left = left + scrollX + "px";
      box.style.top = (above > 0 ? above : place.bottom + 6) + scrollY + "px";
    }
    function later() { clearTimeout(closing); closing = setTimeout(close, 150); }

    document.addEventListener("pointerover", function (event) {
      var name = event.target.closest("[data-h]");
      if (name) { open(name); } else if (event.target.closest(".hover")) { clearTimeout(closing); } else if (current) { later(); }
    });
    document.addEventListener("click", function (event) {
      var name = event.target.closest("[data-h]");
      if (name) { open(name); } else if (!event.target.closest(".hover")) { close(); }
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { close(); return; }
      var block = event.target.closest ? event.target.closest(".code pre") : null;
      if (!block || event.altKey || event.ctrlKey || event.metaKey) { return; }
      var names = Array.from(block.querySelectorAll("[data-h]"));
      var at = names.indexOf(current);
      var step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (!step || !names.length) { return; }
      event.preventDefault();
      var name = names[at < 0 ? (step > 0 ? 0 : names.length - 1) : Math.max(0, Math.min(names.length - 1, at + step))];
      name.scrollIntoView({ block: "nearest", inline: "nearest" });
      open(name);
    });
    document.addEventListener("focusout", later);
  }

  // What does not scroll need not be a stop for the tab key; code with types stays one, for its arrow keys.
  function trimTabStops() {
    document.querySelectorAll('pre[tabindex], .table, .equation-body').forEach(function (element) {
      var keeps = element.scrollWidth > element.clientWidth || element.querySelector("[data-h]");
      element.tabIndex = keeps ? 0 : -1;
    });
  }

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

  // A link into a fold opens it; printing opens all.
  function openFolds() {
    function openTarget() {
      var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      var fold = target && target.closest("details:not([open])");
      if (fold) { fold.open = true; target.scrollIntoView(); }
    }
    addEventListener("hashchange", openTarget);
    openTarget();
    addEventListener("beforeprint", function () {
      document.querySelectorAll("details.fold:not([open])").forEach(function (fold) { fold.open = true; fold.dataset.printed = ""; });
    });
    addEventListener("afterprint", function () {
      document.querySelectorAll("details[data-printed]").forEach(function (fold) { fold.open = false; delete fold.dataset.printed; });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    addThemeSwitch();
    addCopyButtons();
    addTypes();
    followContents();
    openFolds();
    trimTabStops();
    addEventListener("resize", trimTabStops);
  });
})();
