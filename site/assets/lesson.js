// What a lesson's page can do with script and does well without: symbols that light up together, and the presenter.
(function () {
  "use strict";
  var root = document.documentElement;

  // MARK: Symbols

  // A symbol in a formula, a name in code and a row of the table that belong together carry one number. Whichever is
  // pointed at or focused lights up all; in a formula, a box says what the symbol means.
  function addSymbols() {
    if (!document.querySelector(".symbols")) { return; }
    var box = document.createElement("div");
    box.className = "hover symbol-box";
    box.id = "page:symbol";
    box.setAttribute("role", "tooltip");
    box.hidden = true;
    document.body.append(box);
    var lit = null;
    var at = null;
    var described = null;
    var closing = 0;

    function light(number) {
      if (lit === number) { return; }
      document.querySelectorAll(".lit").forEach(function (element) { element.classList.remove("lit"); });
      lit = number;
      if (number === null) { return; }
      document.querySelectorAll('[data-s="' + number + '"]').forEach(function (element) { element.classList.add("lit"); });
      var row = document.getElementById("symbol:" + number);
      if (row) { row.classList.add("lit"); }
    }
    function close() {
      clearTimeout(closing);
      light(null);
      box.hidden = true;
      at = null;
      if (described) { described.removeAttribute("aria-describedby"); }
      described = null;
    }
    function later() { clearTimeout(closing); closing = setTimeout(close, 150); }

    function show(symbol) {
      clearTimeout(closing);
      light(symbol.dataset.s);
      if (at === symbol) { return; }
      at = symbol;
      // What is beside the meaning, or has a box of its own, needs none.
      var row = document.getElementById("symbol:" + symbol.dataset.s);
      var meaning = row && row.querySelector(".meaning");
      if (!meaning || symbol.dataset.h || symbol.closest(".symbols")) { box.hidden = true; return; }
      box.replaceChildren.apply(box, Array.from(meaning.cloneNode(true).childNodes));
      box.hidden = false;
      var place = symbol.getBoundingClientRect();
      box.style.left = "0px";
      var left = Math.max(16, Math.min(place.left, root.clientWidth - box.offsetWidth - 16));
      // Of a displayed formula nothing is covered.
      var around = (symbol.closest(".equation-body") || symbol).getBoundingClientRect();
      var above = around.top - box.offsetHeight - 6;
      box.style.left = left + scrollX + "px";
      box.style.top = (above > 0 ? above : around.bottom + 6) + scrollY + "px";
    }

    function symbolOf(element) {
      if (!element || !element.closest) { return null; }
      var row = element.closest(".symbols tr[id]");
      return element.closest("[data-s]") || (row && row.querySelector("[data-s]"));
    }

    document.addEventListener("pointerover", function (event) {
      if (event.pointerType === "touch") { return; }
      var symbol = symbolOf(event.target);
      if (symbol) { show(symbol); } else if (event.target.closest(".symbol-box")) { clearTimeout(closing); } else if (at) { later(); }
    });
    document.addEventListener("click", function (event) {
      var symbol = symbolOf(event.target);
      if (symbol) { show(symbol); } else if (!event.target.closest(".symbol-box")) { close(); }
    });
    document.addEventListener("focusin", function (event) {
      var symbol = symbolOf(event.target);
      if (symbol && event.target.matches(":focus-visible")) { show(symbol); } else if (at && !event.target.contains(at)) { close(); }
    });
    document.addEventListener("focusout", function () { if (at) { later(); } });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { close(); return; }
      var equation = event.target.closest ? event.target.closest(".equation-body") : null;
      var step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (!equation || !step || event.altKey || event.ctrlKey || event.metaKey) { return; }
      var symbols = Array.from(equation.querySelectorAll("[data-s]"));
      if (!symbols.length) { return; }
      event.preventDefault();
      event.stopPropagation();
      var now = symbols.indexOf(at);
      var next = now < 0 ? (step > 0 ? 0 : symbols.length - 1) : Math.max(0, Math.min(symbols.length - 1, now + step));
      symbols[next].scrollIntoView({ block: "nearest", inline: "nearest" });
      show(symbols[next]);
      described = equation;
      equation.setAttribute("aria-describedby", box.id);
    });
    // In the table each symbol is a stop for the tab key.
    document.querySelectorAll(".symbols td.symbol").forEach(function (cell) { cell.tabIndex = 0; });
  }

  // MARK: Presenter

  function addPresenter() {
    var lesson = document.querySelector(".lesson");
    var tools = document.querySelector(".tools");
    if (!lesson || !tools) { return; }
    var start = document.createElement("button");
    start.type = "button";
    start.className = "present";
    start.innerHTML = '<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path d="M1.5 3h15v9h-15zM9 12v3M5.5 16h7" ' +
      'fill="none" stroke="currentColor" stroke-width="1.6"/></svg>';
    start.setAttribute("aria-label", "Present this lesson");
    start.setAttribute("aria-keyshortcuts", "p");
    tools.prepend(start);

    var bar = null;
    var slides = [];
    var now = -1;

    // A slide is the title, a section's text up to a figure, or a figure.
    function makeSlides() {
      var made = [];
      var title = "";
      var open = null;
      Array.from(lesson.children).forEach(function (element) {
        if (element.matches(".contents-fold, .symbols, .footnotes")) { return; }
        var heading = element.matches("h1, h2, h3") ? element : element.matches(".exercise, .lesson-header") ?
          element.querySelector("h1, h2, h3, h4, h5, h6") : null;
        if (heading) { title = heading.textContent; }
        var isFigure = element.matches(".cell") && element.querySelector("figure");
        if (heading || isFigure || !open) {
          open = { title: title, elements: [] };
          made.push(open);
        }
        open.elements.push(element);
        open.isFigure = Boolean(isFigure);
        if (isFigure || element.matches(".exercise")) { open = null; }
      });
      return made;
    }

    function button(label, text, action) {
      var element = document.createElement("button");
      element.type = "button";
      element.textContent = text;
      element.setAttribute("aria-label", label);
      element.addEventListener("click", action);
      return element;
    }

    function addBar() {
      bar = document.createElement("div");
      bar.className = "present-bar";
      bar.setAttribute("role", "toolbar");
      bar.setAttribute("aria-label", "Presentation");
      var where = document.createElement("output");
      bar.append(
        button("Previous slide", "←", function () { go(now - 1); }), button("Next slide", "→", function () { go(now + 1); }),
        where, button("End the presentation", "✕", end));
      document.body.append(bar);
    }

    function go(next) {
      next = Math.max(0, Math.min(slides.length - 1, next));
      if (next === now) { return; }
      lesson.querySelectorAll(".now").forEach(function (element) { element.classList.remove("now", "figure-slide"); });
      now = next;
      slides[now].elements.forEach(function (element) {
        element.classList.add("now");
        element.classList.toggle("figure-slide", slides[now].isFigure);
      });
      bar.querySelector("output").textContent = slides[now].title + " · " + (now + 1) + " of " + slides.length;
      scrollTo({ top: 0, behavior: "instant" });
      // Whoever listens hears the slide, and its links come next.
      if (!bar.contains(document.activeElement)) {
        var first = slides[now].elements[0];
        first.tabIndex = -1;
        first.focus({ preventScroll: true });
      }
      // What was hidden has no width before it is shown; the page looks again what scrolls.
      dispatchEvent(new Event("resize"));
    }

    // The slide of an element, or of what was read last.
    function slideOf(target) {
      var found = slides.findIndex(function (slide) {
        return slide.elements.some(function (element) { return element.contains(target); });
      });
      return found;
    }
    function slideRead() {
      var here = 0;
      slides.forEach(function (slide, index) {
        if (slide.elements[0].getBoundingClientRect().top < innerHeight * 0.4) { here = index; }
      });
      return here;
    }

    function begin() {
      if (bar) { return; }
      slides = makeSlides();
      if (!slides.length) { return; }
      var first = scrollY < 50 ? 0 : slideRead();
      root.classList.add("presenting");
      addBar();
      now = -1;
      go(first);
    }

    function end() {
      if (!bar) { return; }
      var element = slides[now].elements[0];
      root.classList.remove("presenting");
      lesson.querySelectorAll(".now").forEach(function (slide) { slide.classList.remove("now", "figure-slide"); });
      bar.remove();
      bar = null;
      element.scrollIntoView({ behavior: "instant" });
      start.focus({ preventScroll: true });
      dispatchEvent(new Event("resize"));
    }

    start.addEventListener("click", begin);
    addEventListener("hashchange", function () {
      if (!bar || !location.hash) { return; }
      var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      var slide = target ? slideOf(target) : -1;
      if (slide >= 0) { go(slide); }
    });
    // Before the page's own keys: a first Escape closes what is open above the slide.
    document.addEventListener("keydown", function (event) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented || document.querySelector("dialog[open]")) { return; }
      var target = event.target.closest ? event.target : document.body;
      if (target.closest("input, textarea, select, [contenteditable]")) { return; }
      if (!bar) {
        if (event.key === "p") { begin(); }
        return;
      }
      if (event.key === "Escape") {
        if (!document.querySelector(".hover:not([hidden])")) { end(); }
        return;
      }
      if (event.key === "p") { end(); return; }
      // In code with types and in equations with symbols the arrows go from name to name.
      var arrowsAreTaken = target.closest(".code pre, .equation-body") && target.querySelector("[data-h], [data-s]");
      var step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
      if (step && !(arrowsAreTaken && event.key.startsWith("Arrow"))) {
        event.preventDefault();
        go(now + step);
      } else if (event.key === "Home" || event.key === "End") {
        event.preventDefault();
        go(event.key === "Home" ? 0 : slides.length - 1);
      }
    }, true);
  }

  addSymbols();
  // The bar's tools are put in when the page is whole.
  document.addEventListener("DOMContentLoaded", addPresenter);
})();
