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
