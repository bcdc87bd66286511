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
