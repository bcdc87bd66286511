internal import Foundation
import Testing

extension BrowserTests {
  /// That each check can fail: every rule has pages that break it and nothing else.
  @Suite(.serialized) struct FixtureTests {
    private static let folder = Setting.tests.appending(path: "Fixtures")
    /// The fixtures share a style sheet, so all of them are one site.
    private static let site = SiteFolder(folder)
    @Test(arguments: Rule.allCases.filter { ![.brokenLink, .axe, .markup].contains($0) })
    func aBrokenPageIsReported(_ rule: Rule) throws {
      let audit = PageAudit(
        site: Self.site, browser: try Browser(executable: Setting.browser), conditions: Condition.sampled)
      for page in try Self.pages(of: rule.rawValue) {
        let findings = try audit.findings(on: page)
        #expect(findings.rules == [rule], "\(page): \(findings.lines(page: page, of: Condition.sampled.count))")
      }
    }

    @Test func soundPagesAreNotReported() throws {
      let audit = PageAudit(
        site: Self.site, browser: try Browser(executable: Setting.browser))
      for page in try Self.pages(of: "sound") {
        let lines = try audit.findings(on: page).lines(page: page, of: audit.conditions.count)
        #expect(lines == [], "\(lines)")
      }
    }

    @Test func brokenLinksAreReported() throws {
      let browser = try Browser(executable: Setting.browser)
      let found = try LinkCheck.violations(in: Self.site, browser: browser, script: false)
      for page in try Self.pages(of: "broken-link") {
        #expect(Set((found[page] ?? []).map(\.rule)) == [.brokenLink], "\(page)")
      }
      #expect(found["broken-link/fragment.html"]?.count == 2)
      #expect(found["sound/page.html"] == [])
      #expect(found["sound/other.html"] == [])
    }

    @Test(.enabled(if: Setting.hasAxe, "needs axe-core, which `make test-browser` installs"))
    func axeIsReported() throws {
      let browser = try Browser(executable: Setting.browser)
      for page in try Self.pages(of: "axe") {
        let found = try Self.axeViolations(on: page, browser: browser)
        for name in ["(list)", "(link-name)"] {
          #expect(found.contains { $0.element.hasSuffix(name) }, "\(page): \(found)")
        }
      }
      for page in try Self.pages(of: "sound") {
        let found = try Self.axeViolations(on: page, browser: browser)
        #expect(found == [], "\(page)")
      }
    }

    private static func axeViolations(on page: String, browser: Browser) throws -> [Violation] {
      try browser.withTab { tab in
        try tab.open(site.address(of: page), under: Condition(viewport: .phone, theme: .light, script: true))
        return try AxeCheck.violations(in: tab, axe: Setting.axe)
      }
    }

    @Test(.enabled(if: Setting.hasValidator, "needs Java and the Nu HTML checker, which `make test-browser` installs"))
    func invalidMarkupIsReported() throws {
      let found = try MarkupCheck.violations(
        in: Self.site, java: try #require(Setting.java), validator: Setting.validator)
      for page in try Self.pages(of: "markup") { #expect(found[page] != nil, "\(page)") }
      for page in try Self.pages(of: "sound") { #expect(found[page] == nil, "\(found[page] ?? [])") }
    }

    private static func pages(of folder: String) throws -> [String] {
      try #require(site.pages.filter { $0.hasPrefix(folder + "/") }.nonEmpty, "no fixture of \(folder)")
    }
  }
}

extension Array {
  fileprivate var nonEmpty: Self? { isEmpty ? nil : self }
}
