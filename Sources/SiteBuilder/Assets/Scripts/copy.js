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
