// What does not scroll need not be a stop for the tab key; code with types stays one, for its arrow keys.
function trimTabStops() {
  document.querySelectorAll(".code pre a[data-h]").forEach(function (name) { name.tabIndex = -1; });
  document.querySelectorAll('pre[tabindex], .table, .equation-body, .drawing[tabindex]').forEach(function (element) {
    var keeps = element.scrollWidth > element.clientWidth || element.querySelector("[data-h], [data-s]");
    element.tabIndex = keeps ? 0 : -1;
  });
}
