internal import Foundation

/// Holds one page against the rules, under every condition.
struct PageAudit {
  var site: SiteFolder
  var browser: Browser
  var conditions = Condition.all

  func findings(on page: String) throws -> Findings {
    var findings = Findings()
    for condition in conditions {
      try browser.withTab { tab in
        findings.add(try violations(on: page, in: tab, under: condition), under: "\(condition)")
      }
    }
    return findings
  }

  private func violations(on page: String, in tab: Tab, under condition: Condition) throws -> [Violation] {
    let address = site.address(of: page)
    try tab.open(address, under: condition)
    var found: [Violation] = []
    if condition.script { found += try CheckScript.violations(awaited: .layoutShift, in: tab) }
    let looks = CheckScript.looks + (condition.script ? [] : [.deadControl])
    found += try CheckScript.violations(of: looks, in: tab)
    // The walk leaves all folds open: then look again.
    found += try FocusWalk.violations(in: tab)
    found += try CheckScript.violations(of: looks, in: tab)
    found += try PrintCheck.violations(in: tab, theme: condition.theme)
    found += LogCheck.violations(in: try tab.readLog(), site: site)
    try tab.open(address, under: condition)
    found += try FoldCheck.violations(in: tab)
    found += LogCheck.violations(in: try tab.readLog(), site: site)
    return found
  }
}
