internal import Foundation
import Testing

extension BrowserTests {
  /// What a reader does with a lesson's page: point, type, tap, search, scrub, copy.
  @Suite(.serialized) struct InteractionTests {
    static let lessons = Setting.site.pages.filter { !$0.contains("/") && !["index.html", "404.html"].contains($0) }
    private static let desktop = Condition(viewport: .desktop, theme: .light, script: true)
    private static let phone = Condition(viewport: .phone, theme: .light, script: true)

    private struct Spot: Decodable {
      var x: Double
      var y: Double
    }

    private func withLesson(_ page: String, _ condition: Condition, _ body: (Tab) throws -> Void) throws {
      try Browser(executable: Setting.browser).withTab { tab in
        try tab.open(Setting.site.address(of: page), under: condition)
        try body(tab)
      }
    }

    /// Brings the element into the middle of the window and says where that is; nil where the page has none.
    private func spot(_ selector: String, in tab: Tab) throws -> Spot? {
      try tab.evaluate(
        """
        (() => {
          const element = document.querySelector(\(Self.quoted(selector)));
          if (!element) { return null; }
          element.scrollIntoView({ block: "center", behavior: "instant" });
          const box = element.getClientRects()[0];
          return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        })()
        """, as: Spot?.self)
    }

    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "\\'") + "'" }

    private func box(in tab: Tab) throws -> String? {
      try tab.evaluate(
        "((box) => box && !box.hidden ? box.textContent : null)(document.getElementById('page:type'))", as: String?.self
      )
    }

    /// A name of the model core: its hover leads to the reference.
    private static let name = ".code pre a[data-h]"

    @Test(arguments: lessons) func typesShowToAMouse(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        let place = try #require(try spot(Self.name, in: tab))
        #expect(try box(in: tab) == nil)
        try tab.moveMouse(x: place.x, y: place.y)
        #expect(try box(in: tab)?.isEmpty == false)
        try tab.press(.escape)
        #expect(try box(in: tab) == nil)
        try tab.click(x: place.x, y: place.y)
        #expect(try address(of: tab).contains("/api/"), "a click follows the link")
      }
    }

    @Test(arguments: lessons) func typesShowToTheKeyboard(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        try tab.run("document.querySelector('.code pre').focus()")
        var shown: Set<String> = []
        for _ in 0..<4 {
          try tab.press(.right)
          let text = try #require(try box(in: tab), "an arrow key goes to a name and shows what it is")
          shown.insert(text)
          #expect(
            try tab.evaluate(
              "document.activeElement.matches('[data-h][aria-describedby=\"page:type\"]')", as: Bool.self))
        }
        #expect(shown.count > 1)
        try tab.press(.left)
        #expect(try box(in: tab) != nil)
        try tab.press(.escape)
        #expect(try box(in: tab) == nil)
      }
    }

    @Test(arguments: lessons) func typesShowToAFinger(_ page: String) throws {
      try withLesson(page, Self.phone) { tab in
        let place = try #require(try spot(Self.name, in: tab))
        let before = try address(of: tab)
        try tab.tap(x: place.x, y: place.y)
        #expect(try box(in: tab)?.isEmpty == false)
        #expect(try address(of: tab) == before, "the first tap shows and stays")
        let link = try #require(try spot("#page\\\\:type a", in: tab), "the box has the way to the reference")
        try tab.tap(x: link.x, y: link.y)
        #expect(try address(of: tab).contains("/api/"))
      }
    }

    @Test(arguments: lessons) func searchFindsAWordOfTheLesson(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        let word = try tab.evaluate(
          """
          Array.from(document.querySelectorAll(".lesson > p")).flatMap((p) => p.textContent.match(/[a-z]{7,}/g) || [])
            .sort((a, b) => b.length - a.length)[0]
          """, as: String.self)
        try tab.press(.slash)
        #expect(try tab.evaluate("document.activeElement.matches('dialog.search input')", as: Bool.self))
        try tab.type(word)
        let found = try waits(tab, for: "document.querySelectorAll('dialog.search li a').length > 0")
        #expect(found, "\(word) is found")
        let isListed = try tab.evaluate(
          "Array.from(document.querySelectorAll('dialog.search li a')).some((a) => a.href.includes(\(Self.quoted(page))))",
          as: Bool.self)
        #expect(isListed, "\(word) is found in \(page)")
        try tab.press(.escape)
        #expect(try !tab.evaluate("document.querySelector('dialog.search').open", as: Bool.self))
      }
    }

    @Test func searchFindsASymbolFromAPageInAFolder() throws {
      let page = try #require(Setting.site.pages.first { $0.hasPrefix("api/") && $0.hasSuffix("/Tensor.html") })
      try withLesson(page, Self.desktop) { tab in
        try tab.press(.slash)
        try tab.type("Autoencoder")
        #expect(try waits(tab, for: "document.querySelectorAll('dialog.search li a[href*=\"api/\"]').length > 0"))
        try tab.press(.enter)
        #expect(try waits(tab, for: "document.title.includes('utoencoder')"))
      }
    }

    @Test(arguments: lessons) func theScrubberMoves(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        guard let slider = try spot(".scrubber input", in: tab) else { return }
        let frame =
          "document.querySelector('.fig-frame.now').textContent + document.querySelector('.scrubber output').textContent"
        let first = try tab.evaluate(frame, as: String.self)
        try tab.click(x: slider.x, y: slider.y)
        let middle = try tab.evaluate(frame, as: String.self)
        #expect(middle != first, "a click on the slider shows another frame")
        try tab.press(.right)
        let next = try tab.evaluate(frame, as: String.self)
        #expect(next != middle, "an arrow key shows the next one")
        try tab.run(
          "document.querySelector('.scrubber input').value = 0; document.querySelector('.scrubber button').click()")
        #expect(try waits(tab, for: "document.querySelector('.scrubber input').value !== '0'"), "play moves it")
      }
    }

    @Test(arguments: lessons) func theCopyButtonCopiesTheCodeAlone(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        // What would be copied is asked of the page, since a browser without a window has no clipboard to read.
        try tab.run(
          """
          window.copied = null;
          const keep = (text) => { window.copied = text; return Promise.resolve(); };
          Object.defineProperty(navigator, "clipboard", { value: { writeText: keep } });
          document.execCommand = () => { window.copied = document.activeElement.value; return true; };
          """)
        let place = try #require(try spot(".cell .copy", in: tab))
        try tab.click(x: place.x, y: place.y)
        let copied = try tab.evaluate("window.copied", as: String?.self)
        let code = try tab.evaluate("document.querySelector('.cell pre code').textContent", as: String.self)
        #expect(copied == code + "\n")
        #expect(try waits(tab, for: "document.querySelector('.cell .copy').textContent === 'Copied'"))
      }
    }

    /// Either the time of the copy's own build, or that it has none.
    @Test(arguments: lessons) func theTimeOfACellShowsWhenAskedFor(_ page: String) throws {
      try withLesson(page, Self.phone) { tab in
        let answer = "document.querySelector('.cell .timing-answer').textContent"
        #expect(try tab.evaluate(answer, as: String.self) == "")
        let place = try #require(try spot(".cell .timing", in: tab))
        try tab.tap(x: place.x, y: place.y)
        #expect(try waits(tab, for: "/ s$|not measured/.test(\(answer))"))
      }
    }

    @Test func theThemeIsRemembered() throws {
      let page = try #require(Self.lessons.first)
      try withLesson(page, Self.desktop) { tab in
        let ground = "getComputedStyle(document.body).backgroundColor"
        let light = try tab.evaluate(ground, as: String.self)
        let place = try #require(try spot("button.theme", in: tab))
        try tab.click(x: place.x, y: place.y)
        let dark = try tab.evaluate(ground, as: String.self)
        #expect(dark != light)
        // Another page of the site, in the same storage.
        try tab.open(Setting.site.address(of: "index.html"), under: Self.desktop)
        #expect(try tab.evaluate(ground, as: String.self) == dark)
      }
    }

    @Test(arguments: lessons) func theContentsFollowTheReading(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        let last = "Array.from(document.querySelectorAll('.contents a')).pop()"
        try tab.run(
          "document.querySelectorAll('main h2[id]').item(document.querySelectorAll('main h2[id]').length - 1).scrollIntoView({ behavior: 'instant' })"
        )
        #expect(try waits(tab, for: "document.querySelector('.contents a[aria-current]') !== null"))
        #expect(try tab.evaluate("\(last) !== undefined", as: Bool.self))
      }
    }

    private func address(of tab: Tab) throws -> String {
      // A click's navigation has begun when this is answered, not ended.
      _ = try waits(tab, for: "document.readyState === 'complete'")
      return try tab.evaluate("location.href", as: String.self)
    }

    /// Whether the condition comes to hold within ten seconds.
    private func waits(_ tab: Tab, for condition: String) throws -> Bool {
      let deadline = ContinuousClock.now + .seconds(10)
      while ContinuousClock.now < deadline {
        if (try? tab.evaluate(condition, as: Bool.self)) == true { return true }
        Thread.sleep(forTimeInterval: 0.05)
      }
      return false
    }
  }
}
