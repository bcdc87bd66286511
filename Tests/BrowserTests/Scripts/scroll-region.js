// What scrolls can be scrolled with the keyboard: it is a stop of the tab key, or holds one.
() => {
  const scrolls = (e) => {
    const style = getComputedStyle(e);
    const can = (overflow) => overflow === "auto" || overflow === "scroll";
    return (can(style.overflowX) && e.scrollWidth > e.clientWidth + 1) || (can(style.overflowY) && e.scrollHeight > e.clientHeight + 1);
  };
  return all("body *").filter((e) => !(e instanceof SVGElement) && e.clientWidth > 1 && scrolls(e) && isVisible(e)).filter((e) => {
    const stops = [e, ...e.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
    return !stops.some((stop) => stop.tabIndex >= 0 && !stop.disabled && (stop !== e || e.hasAttribute("tabindex")));
  }).map((e) => ({ element: describe(e), detail: "scrolls, but the tab key does not reach it" }));
}
