import Testing

extension BrowserTests {
  /// What paper shows of a lesson, where nothing can be opened or followed.
  @Suite(.serialized) struct PaperTests {
    private struct Count: Decodable {
      var all: Int
      var shown: Int
    }

    /// Without script, so that no listener opens the folds for the style sheet.
    @Test(arguments: Setting.site.lessons) func foldedCodeIsPrinted(_ page: String) throws {
      try withLesson(page, Condition(viewport: .desktop, theme: .dark, script: false)) { tab in
        let code = """
          ((all) => ({ all: all.length, shown: all.filter((code) =>
            code.checkVisibility({ contentVisibilityAuto: true }) && code.getClientRects().length > 0).length
          }))(Array.from(document.querySelectorAll("details.fold:not([open]) pre code")))
          """
        let onScreen = try tab.evaluate(code, as: Count.self)
        #expect(onScreen.all > 0 && onScreen.shown == 0, "\(onScreen)")
        try tab.setMedia(.dark, print: true)
        let isPrinted = try tab.waits(for: "((count) => count.shown === \(onScreen.all))(\(code))")
        let onPaper = try tab.evaluate(code, as: Count.self)
        #expect(isPrinted, "\(onPaper) of \(onScreen)")
      }
    }
  }
}
