(function () {
"use strict";
// What a page can do with script and does well without: a theme that is remembered, copying, types on hover, contents
// that follow the reading, search, frames that play. Loaded before the page is painted, so that a remembered theme
// never flashes.
var root = document.documentElement;
root.classList.add("js");
// The site's folder, from pages in folders below it too.
var site = new URL("..", document.currentScript.src).href;

function button(className, label) {
  var element = document.createElement("button");
  element.type = "button";
  element.className = className;
  element.setAttribute("aria-label", label);
  return element;
}
// Storage may be forbidden (some browsers do so for files); the theme is then not remembered.
function remembered() { try { return localStorage.getItem("theme"); } catch (error) { return null; } }
function remember(theme) { try { localStorage.setItem("theme", theme); } catch (error) { /* not remembered */ } }

var saved = remembered();
if (saved === "light" || saved === "dark") { root.dataset.theme = saved; }

function isDark() {
  return (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
}

function addThemeSwitch(tools) {
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
  tools.append(toggle);
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
  document.querySelectorAll(".code:not(.declaration)").forEach(function (block) {
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
// How long a cell took when this copy of the site was built. The times are no part of the page, as they differ from run
// to run; they lie in a file of their own, which a copy of the site need not have, and which is loaded when asked for.
var cellTimes = null;
var waitingForTimes = [];

function loadTimes(done) {
  if (cellTimes) { done(); return; }
  waitingForTimes.push(done);
  if (waitingForTimes.length > 1) { return; }
  function answer(found) {
    cellTimes = found;
    waitingForTimes.splice(0).forEach(function (run) { run(); });
  }
  window.walkthroughTimings = answer;
  var script = document.createElement("script");
  script.src = site + "timings/" + location.pathname.split("/").pop().replace(/\.html$/, "") + ".js";
  script.onerror = function () { answer({}); };
  document.head.append(script);
}

function timeText(seconds) {
  if (seconds === undefined) { return "not measured in this copy"; }
  return seconds < 0.01 ? "under 0.01 s" : seconds < 9.95 ? seconds.toFixed(2) + " s" : Math.round(seconds) + " s";
}

function addTimings() {
  document.querySelectorAll(".cell[id] .command > code").forEach(function (command) {
    var ask = button("timing", "Time: how long this cell took");
    ask.textContent = "Time";
    var answer = document.createElement("output");
    answer.className = "timing-answer";
    ask.addEventListener("click", function () {
      loadTimes(function () {
        answer.textContent = timeText(cellTimes[command.closest(".cell").id.slice("cell:".length)]);
        ask.hidden = true;
      });
    });
    command.parentElement.append(ask, answer);
  });
}
// What a name in the code is, and what a reference leads to, in a box beside it. In a block of code the arrow keys go
// from name to name; Escape closes.
var pointers = "[data-h], .reference, .footnote-reference a";

function target(pointer) {
  if (pointer.dataset.h) { return document.getElementById("type:" + pointer.dataset.h); }
  var element = document.getElementById(decodeURIComponent(pointer.hash.slice(1)));
  return element && element.querySelector(".equation-body, .drawing") || element;
}

function addTypes() {
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
    var source = target(name);
    if (!source) { return; }
    // What can be seen anyway needs no preview.
    var there = source.getBoundingClientRect();
    if (!name.dataset.h && there.top >= 0 && there.bottom <= innerHeight) { return; }
    current = name;
    name.classList.add("open");
    name.setAttribute("aria-describedby", box.id);
    var copy = source.cloneNode(true);
    // Ids stay unique, and what is only a copy is no stop for the tab key.
    copy.querySelectorAll("[id]").forEach(function (element) { element.removeAttribute("id"); });
    copy.querySelectorAll("[tabindex]").forEach(function (element) { element.removeAttribute("tabindex"); });
    copy.querySelectorAll(".back").forEach(function (element) { element.remove(); });
    box.replaceChildren.apply(box, Array.from(copy.childNodes));
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
    if (event.pointerType === "touch") { return; }
    var name = event.target.closest(pointers);
    if (name) { open(name); } else if (event.target.closest(".hover")) { clearTimeout(closing); } else if (current) { later(); }
  });
  // A finger's first tap shows what a mouse shows by hovering; a second one follows the link.
  var touched = false;
  document.addEventListener("pointerdown", function (event) { touched = event.pointerType === "touch"; });
  document.addEventListener("click", function (event) {
    var name = event.target.closest(pointers);
    var wasOpen = current === name;
    if (name) { open(name); } else if (!event.target.closest(".hover")) { close(); }
    if (name && touched && !wasOpen && current === name) { event.preventDefault(); } else if (name && name.hash && !name.dataset.h) { close(); }
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
    name.tabIndex = -1;
    name.focus({ preventScroll: true });
    name.scrollIntoView({ block: "nearest", inline: "nearest" });
    open(name);
  });
  document.addEventListener("focusin", function (event) {
    if (event.target.matches(pointers) && event.target.matches(":focus-visible")) { open(event.target); }
  });
  document.addEventListener("focusout", later);
}
// Search. The index is a script (a page opened from a file may not load data) and is loaded when first needed.
function addSearch(tools) {
  var find = button("find", "Search the lessons");
  find.innerHTML = '<svg width="15" height="15" viewBox="0 0 15 15" aria-hidden="true"><g fill="none" ' +
    'stroke="currentColor" stroke-width="1.6"><circle cx="6" cy="6" r="4.6"/><path d="M9.5 9.5L14 14"/></g></svg>' +
    '<span class="find-word">Search</span><kbd aria-hidden="true">/</kbd>';
  find.setAttribute("aria-keyshortcuts", "/");
  tools.append(find);
  var dialog = document.createElement("dialog");
  dialog.className = "search";
  dialog.setAttribute("aria-label", "Search the lessons");
  dialog.innerHTML = '<input type="search" aria-label="Words to find" autocomplete="off" spellcheck="false">' +
    '<p class="search-status" role="status"></p><ol></ol>';
  document.body.append(dialog);
  var input = dialog.querySelector("input");
  var status = dialog.querySelector("p");
  var list = dialog.querySelector("ol");
  var sections = null;

  function plain(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }

  function load() {
    if (sections || document.getElementById("page:index")) { return; }
    window.walkthroughSearch = function (rows) {
      sections = rows.map(function (row) {
        return { address: row[0], page: row[1], heading: row[2], text: row[3],
          plainHeading: plain(row[2]), plainText: plain(row[3]) };
      });
      show();
    };
    var script = document.createElement("script");
    script.id = "page:index";
    script.src = site + "assets/search-index.js";
    script.onerror = function () { status.textContent = "The index of the lessons cannot be loaded."; };
    document.head.append(script);
  }

  // Where a word begins counts more than its middle, and a heading more than text.
  function score(section, words) {
    var total = 0;
    for (var word of words) {
      var inHeading = section.plainHeading.indexOf(word);
      var inText = section.plainText.indexOf(word);
      if (inHeading < 0 && inText < 0) { return 0; }
      total += inHeading < 0 ? 0 : 10;
      total += inText < 0 ? 0 : /[a-z0-9]/.test(section.plainText[inText - 1] || " ") ? 1 : 3;
    }
    return total;
  }

  function marked(text, words) {
    var node = document.createElement("span");
    var low = plain(text);
    // Marks are placed by the plain text, so only where both have the same length.
    var at = low.length === text.length ? 0 : text.length;
    while (at < text.length) {
      var next = text.length, length = 0;
      words.forEach(function (word) {
        var found = low.indexOf(word, at);
        if (found >= 0 && found < next) { next = found; length = word.length; }
      });
      node.append(text.slice(at, next));
      if (length) {
        var mark = document.createElement("mark");
        mark.textContent = text.slice(next, next + length);
        node.append(mark);
      }
      at = next + length;
    }
    if (!node.childNodes.length) { node.textContent = text; }
    return node;
  }

  function excerpt(section, words) {
    var at = Math.max(0, Math.min.apply(null, words.map(function (word) {
      var found = section.plainText.indexOf(word);
      return found < 0 ? Infinity : found;
    }).concat(section.text.length)));
    if (at >= section.text.length) { at = 0; }
    var start = at < 50 ? 0 : section.text.lastIndexOf(" ", at - 40) + 1;
    var end = start + 150 < section.text.length ? section.text.lastIndexOf(" ", start + 150) : section.text.length;
    if (end <= start) { end = start + 150; }
    return (start ? "… " : "") + section.text.slice(start, end) + (end < section.text.length ? " …" : "");
  }

  // A symbol of that very name first, then the lessons, then the rest of the reference: it has a symbol for most words
  // and would drown them.
  var most = 20;
  function ranked(words) {
    var query = words.join(" ");
    var hits = sections.map(function (section) {
      return { section: section, score: score(section, words), isSymbol: section.address.startsWith("api/"),
        isNamed: section.plainHeading === query };
    }).filter(function (hit) { return hit.score > 0; }).sort(function (a, b) { return b.score - a.score; });
    function some(condition) { return hits.filter(condition); }
    var named = some(function (hit) { return hit.isSymbol && hit.isNamed; });
    var lessons = some(function (hit) { return !hit.isSymbol; });
    var symbols = some(function (hit) { return hit.isSymbol && !hit.isNamed; });
    var room = most - named.length - Math.min(symbols.length, 8);
    return named.concat(lessons.slice(0, Math.max(0, room)), symbols).slice(0, most);
  }

  function show() {
    var words = plain(input.value).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (!words.length || !sections) { status.textContent = words.length ? "Loading…" : "Type what you look for."; return; }
    var found = ranked(words);
    status.textContent = found.length === 0 ? "Nothing found." : found.length === 1 ? "1 place" :
      found.length + (found.length === most ? " places or more" : " places");
    found.forEach(function (hit) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = site + hit.section.address;
      var heading = document.createElement("strong");
      heading.append(marked(hit.section.heading, words));
      var where = document.createElement("small");
      var page = hit.section.page === hit.section.heading ? "" : hit.section.page;
      where.textContent = page && hit.section.text ? page + " · " : page;
      if (hit.section.text) { where.append(marked(excerpt(hit.section, words), words)); }
      link.append(heading, where);
      link.addEventListener("click", function () { dialog.close(); });
      item.append(link);
      list.append(item);
    });
  }

  function open() { load(); dialog.showModal(); input.select(); show(); }
  find.addEventListener("click", open);
  input.addEventListener("input", show);
  dialog.addEventListener("click", function (event) { if (event.target === dialog) { dialog.close(); } });
  dialog.addEventListener("keydown", function (event) {
    var links = Array.from(list.querySelectorAll("a"));
    var at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links.length) {
      event.preventDefault();
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      if (at === 0) { input.focus(); } else { links[at - 1].focus(); }
    } else if (event.key === "Enter" && event.target === input && links.length) {
      event.preventDefault();
      links[0].click();
    } else if (event.key === "Escape") {
      // In a search field the browser's own first Escape only empties it.
      event.preventDefault();
      dialog.close();
    }
  });
  document.addEventListener("keydown", function (event) {
    var isTyping = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && !dialog.open) {
      event.preventDefault();
      open();
    }
  });
}
// Frames: a strip without script, with it one frame at a time. Nothing moves until it is asked to.
function addScrubbers() {
  document.querySelectorAll(".fig-frames").forEach(function (strip) {
    var frames = Array.from(strip.querySelectorAll(".fig-frame"));
    if (frames.length < 2) { return; }
    var row = document.createElement("div");
    row.className = "scrubber";
    var slider = document.createElement("input");
    slider.type = "range";
    slider.max = String(frames.length - 1);
    slider.value = "0";
    slider.setAttribute("aria-label", "Frame");
    var label = document.createElement("output");
    var play = document.createElement("button");
    play.type = "button";
    var timer = 0;
    function show() {
      var now = Number(slider.value);
      frames.forEach(function (frame, index) { frame.classList.toggle("now", index === now); });
      label.textContent = frames[now].dataset.label || now + 1 + " of " + frames.length;
      slider.setAttribute("aria-valuetext", label.textContent);
    }
    function stop() { clearInterval(timer); timer = 0; play.textContent = "Play"; }
    function step() {
      if (Number(slider.value) >= frames.length - 1) { stop(); return; }
      slider.value = String(Number(slider.value) + 1);
      show();
    }
    play.addEventListener("click", function () {
      if (timer) { stop(); return; }
      if (Number(slider.value) >= frames.length - 1) { slider.value = "0"; show(); }
      play.textContent = "Stop";
      timer = setInterval(step, matchMedia("(prefers-reduced-motion: reduce)").matches ? 1500 : 400);
    });
    slider.addEventListener("input", function () { stop(); show(); });
    stop();
    row.append(play, slider, label);
    strip.classList.add("scrubbed");
    strip.after(row);
    show();
  });
}
// What does not scroll need not be a stop for the tab key; code with types stays one, for its arrow keys.
function trimTabStops() {
  document.querySelectorAll(".code pre a[data-h]").forEach(function (name) { name.tabIndex = -1; });
  document.querySelectorAll('pre[tabindex], .table, .equation-body, .drawing[tabindex]').forEach(function (element) {
    var keeps = element.scrollWidth > element.clientWidth || element.querySelector("[data-h], [data-s]");
    element.tabIndex = keeps ? 0 : -1;
  });
}
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
  var tools = document.createElement("div");
  tools.className = "tools";
  document.querySelector(".bar").append(tools);
  addSearch(tools);
  addThemeSwitch(tools);
  addScrubbers();
  addCopyButtons();
  addTimings();
  addTypes();
  followContents();
  openFolds();
  trimTabStops();
  addEventListener("resize", trimTabStops);
});
})();
