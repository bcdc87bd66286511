import Testing

extension BrowserTests {
  /// Some tests pass over a lesson that has nothing of what they look at. That they do not pass over all: a class that
  /// is renamed, here or in the pages, shows in the counts.
  @Suite(.serialized) struct PresenceTests {
    /// What those tests look for, and in how many lessons it is at least.
    private static let sought: [(name: String, expression: String, least: Int)] = [
      ("a scrubber", "document.querySelector('\(InteractionTests.slider)')", 6),
      ("a symbol in a displayed formula", TeachingTests.symbol, 10),
      ("a symbol in code", TeachingTests.symbolInCode, 10),
      ("a reference that is far from its target", TeachingTests.reference, 10),
      ("a reference to an equation out of sight", LinkTests.equationReference, 10),
      ("a hint or a solution", "\(TeachingTests.parts)[0]", 10),
    ]

    @Test func whatIsLookedForIsThere() throws {
      let browser = try Browser(executable: Setting.browser)
      var counts = Self.sought.map { _ in 0 }
      for page in Setting.site.lessons {
        try browser.withTab { tab in
          try tab.open(
            Setting.site.address(of: page), under: Condition(viewport: .phone, theme: .light, script: true))
          for (index, sought) in Self.sought.enumerated() {
            counts[index] += try tab.evaluate("Boolean(\(sought.expression))", as: Bool.self) ? 1 : 0
          }
        }
      }
      for (sought, count) in zip(Self.sought, counts) {
        #expect(count >= sought.least, "\(count) lessons have \(sought.name)")
      }
    }
  }
}
