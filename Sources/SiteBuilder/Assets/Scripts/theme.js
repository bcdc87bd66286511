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
