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
