internal import Foundation
import Testing

extension BrowserTests {
  /// The site itself: `WALKTHROUGH_SITE` names another folder than the committed one.
  @Suite(.serialized) struct SitePagesTests {
    @Test func thereArePages() {
      #expect(!Setting.site.pages.isEmpty, "no page in \(Setting.site.root.path)")
    }

    @Test(arguments: Setting.site.representativePages)
    func pageKeepsTheRules(_ page: String) throws {
      let audit = PageAudit(
        site: Setting.site, browser: try Browser(executable: Setting.browser), conditions: Condition.of(page))
      report(try audit.findings(on: page), page: page, of: audit.conditions.count)
    }

    @Test(
      .enabled(if: Setting.hasAxe, "needs axe-core, which `make test-browser` installs"),
      arguments: Setting.isQuick ? Setting.site.fewPages : Setting.site.representativePages)
    func axeFindsNothing(_ page: String) throws {
      let browser = try Browser(executable: Setting.browser)
      let conditions = Setting.isQuick ? Condition.opposite : Condition.of(page).filter(\.script)
      var findings = Findings()
      var judged: Set<Bool> = []
      for condition in conditions {
        // What a page is made of depends on its width, and is judged once for each; the rest on how it looks.
        let rules: AxeCheck.Rules = judged.insert(condition.viewport.isPhone).inserted ? .all : .looks
        try browser.withTab { tab in
          try tab.open(Setting.site.address(of: page), under: condition)
          findings.add(try AxeCheck.violations(of: rules, in: tab, axe: Setting.axe), under: "\(condition)")
        }
      }
      report(findings, page: page, of: conditions.count)
    }

    @Test(arguments: [true, false])
    func linksLeadSomewhere(script: Bool) throws {
      let browser = try Browser(executable: Setting.browser)
      for (page, violations) in try LinkCheck.violations(in: Setting.site, browser: browser, script: script) {
        var findings = Findings()
        findings.add(violations, under: script ? "with script" : "without script")
        report(findings, page: page, of: 1)
      }
    }

    @Test(.enabled(if: Setting.hasValidator, "needs Java and the Nu HTML checker, which `make test-browser` installs"))
    func markupIsValid() throws {
      let java = try #require(Setting.java)
      for (page, violations) in try MarkupCheck.violations(in: Setting.site, java: java, validator: Setting.validator) {
        var findings = Findings()
        findings.add(violations, under: "file")
        report(findings, page: page, of: 1)
      }
    }

    private func report(_ findings: Findings, page: String, of conditions: Int) {
      for line in findings.lines(page: page, of: conditions) { Issue.record("\(line)") }
    }
  }
}
