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
