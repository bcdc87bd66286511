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
