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
