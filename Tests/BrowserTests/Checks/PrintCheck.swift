/// Looks at a page as it comes out on paper: A4 with margins of 2 cm.
enum PrintCheck {
  static func violations(in tab: Tab, theme: Condition.Theme) throws -> [Violation] {
    // Shut again, in case another check has opened them: what a reader left shut is to be printed too.
    try tab.run("document.querySelectorAll('details').forEach((fold) => { fold.open = false; });")
    try tab.call(
      "Emulation.setDeviceMetricsOverride",
      ["width": 642, "height": 971, "deviceScaleFactor": 1, "mobile": false])
    try tab.setMedia(theme, print: true)
    try tab.run("dispatchEvent(new Event('beforeprint'))")
    let found = try CheckScript.violations(of: [.print], in: tab)
    try tab.run("dispatchEvent(new Event('afterprint'))")
    return found
  }
}
