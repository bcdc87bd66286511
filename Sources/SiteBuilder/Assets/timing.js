
// How long a cell took when this copy of the site was built. The times are no part of the page, as they differ from run
// to run; they lie in a file of their own, which a copy of the site need not have, and which is loaded when asked for.
(function () {
  "use strict";
  var site = new URL("..", document.currentScript.src).href;
  var times = null;
  var waiting = [];

  function load(done) {
    if (times) { done(); return; }
    waiting.push(done);
    if (waiting.length > 1) { return; }
    function answer(found) {
      times = found;
      waiting.splice(0).forEach(function (run) { run(); });
    }
    window.walkthroughTimings = answer;
    var script = document.createElement("script");
    script.src = site + "timings/" + location.pathname.split("/").pop().replace(/\.html$/, "") + ".js";
    script.onerror = function () { answer({}); };
    document.head.append(script);
  }

  function text(seconds) {
    if (seconds === undefined) { return "not measured in this copy"; }
    return seconds < 0.01 ? "under 0.01 s" : seconds < 9.95 ? seconds.toFixed(2) + " s" : Math.round(seconds) + " s";
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".cell[id] .command > code").forEach(function (command) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "timing";
      button.textContent = "Time";
      button.setAttribute("aria-label", "How long this cell took");
      var answer = document.createElement("output");
      answer.className = "timing-answer";
      button.addEventListener("click", function () {
        load(function () {
          answer.textContent = text(times[command.closest(".cell").id.slice("cell:".length)]);
          button.hidden = true;
        });
      });
      command.parentElement.append(button, answer);
    });
  });
})();
