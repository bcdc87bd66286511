internal import Foundation
import Testing

extension BrowserTests {
  /// What a reader does with a lesson's page: point, type, tap, search, scrub, copy.
  @Suite(.serialized) struct InteractionTests {
    static let lessons = Setting.site.lessons
    private static let desktop = Condition(viewport: .desktop, theme: .light, script: true)
    private static let phone = Condition(viewport: .phone, theme: .light, script: true)

    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "\\'") + "'" }

    private func box(in tab: Tab) throws -> String? {
      try tab.evaluate(
        "((box) => box && !box.hidden ? box.textContent : null)(document.getElementById('page:type'))", as: String?.self
      )
    }

    /// The first of what a selector finds outside of closed folds.
    private static func visible(_ selector: String) -> String {
      "[...document.querySelectorAll('\(selector)')].find((element) => !element.closest('details:not([open])'))"
    }

    /// A name of the model core: its hover leads to the reference.
    private static let name = visible(".code pre a[data-h]")

    @Test(arguments: lessons) func typesShowToAMouse(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        let place = try #require(try tab.spot(of: Self.name))
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
        try tab.run("\(Self.visible(".code pre")).focus()")
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
        let place = try #require(try tab.spot(of: Self.name))
        let before = try address(of: tab)
        try tab.tap(x: place.x, y: place.y)
        #expect(try box(in: tab)?.isEmpty == false)
        #expect(try address(of: tab) == before, "the first tap shows and stays")
        let link = try #require(try tab.spot("#page\\\\:type a"), "the box has the way to the reference")
        try tab.tap(x: link.x, y: link.y)
        #expect(try address(of: tab).contains("/api/"))
      }
    }

    @Test(arguments: lessons) func searchFindsAWordOfTheLesson(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        // Two long words of one paragraph: a single one may stand in more sections of the course than are listed.
        let word = try tab.evaluate(
          """
          Array.from(document.querySelectorAll(".lesson > p:not(:has(.katex))")).map((p) =>
            [...new Set(p.textContent.match(/[a-z]{7,}/g))].sort((a, b) => b.length - a.length).slice(0, 2).join(" "))
            .sort((a, b) => b.length - a.length)[0]
          """, as: String.self)
        try tab.press(.slash)
        #expect(try tab.evaluate("document.activeElement.matches('dialog.search input')", as: Bool.self))
        try tab.type(word)
        let found = try tab.waits(for: "document.querySelectorAll('dialog.search li a').length > 0")
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
        #expect(try tab.waits(for: "document.querySelectorAll('dialog.search li a[href*=\"api/\"]').length > 0"))
        try tab.press(.enter)
        #expect(try tab.waits(for: "document.title.includes('utoencoder')"))
      }
    }

    static let slider = ".scrubber input"

    @Test(arguments: lessons) func theScrubberMoves(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        guard let slider = try tab.spot(Self.slider) else { return }
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
        #expect(try tab.waits(for: "document.querySelector('.scrubber input').value !== '0'"), "play moves it")
      }
    }

    @Test(arguments: lessons) func theCopyButtonCopiesTheCodeAlone(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        try tab.keepCopies()
        let button = Self.visible(".cell .copy")
        let place = try #require(try tab.spot(of: button))
        try tab.click(x: place.x, y: place.y)
        let code = try tab.evaluate(
          "\(button).closest('.code').querySelector('pre code').textContent", as: String.self)
        #expect(try tab.copied() == code + "\n")
        #expect(try tab.waits(for: "\(button).textContent === 'Copied'"))
      }
    }

    /// Either the time of the copy's own build, or that it has none.
    @Test(arguments: lessons) func theTimeOfACellShowsWhenAskedFor(_ page: String) throws {
      try withLesson(page, Self.phone) { tab in
        let button = Self.visible(".cell .timing")
        let answer = "\(button).closest('.cell').querySelector('.timing-answer').textContent"
        #expect(try tab.evaluate(answer, as: String.self) == "")
        let place = try #require(try tab.spot(of: button))
        try tab.tap(x: place.x, y: place.y)
        #expect(try tab.waits(for: "/ s$|not measured/.test(\(answer))"))
      }
    }

    @Test(arguments: Condition.Theme.allCases) func theThemeIsRemembered(_ system: Condition.Theme) throws {
      let page = try #require(Self.lessons.first)
      let condition = Condition(viewport: .desktop, theme: system, script: true)
      try withLesson(page, condition) { tab in
        let ground = "getComputedStyle(document.body).backgroundColor"
        let given = try tab.evaluate(ground, as: String.self)
        let place = try #require(try tab.spot("button.theme"))
        try tab.click(x: place.x, y: place.y)
        let chosen = try tab.evaluate(ground, as: String.self)
        #expect(chosen != given)
        // Another page of the site, in the same storage.
        try tab.open(Setting.site.address(of: "index.html"), under: condition)
        #expect(try tab.evaluate(ground, as: String.self) == chosen)
        let isDark = try tab.evaluate("document.querySelector('button.theme').ariaPressed", as: String.self)
        #expect(isDark == (system == .dark ? "false" : "true"))
        // What was chosen is what a system of that theme shows.
        try tab.run("localStorage.clear()")
        let other = Condition(viewport: .desktop, theme: system == .dark ? .light : .dark, script: true)
        try tab.open(Setting.site.address(of: page), under: other)
        #expect(try tab.evaluate(ground, as: String.self) == chosen)
      }
    }

    @Test(arguments: lessons) func theContentsFollowTheReading(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        try tab.run(
          """
          window.headings = Array.from(document.querySelectorAll(".contents a"),
            (link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
          """)
        // In the middle one that the next does not follow at once: at the top of the window, no other can be meant.
        let middle = """
          headings.find((heading, index) => index >= Math.floor(headings.length / 2) && index + 1 < headings.length
            && headings[index + 1].getBoundingClientRect().top - heading.getBoundingClientRect().top > innerHeight / 2)
          """
        for heading in [middle, "headings[headings.length - 1]"] {
          try tab.run("window.heading = \(heading); heading.scrollIntoView({ behavior: 'instant' })")
          let marked = """
            Array.from(document.querySelectorAll(".contents [aria-current]"),
              (link) => decodeURIComponent(link.hash))
            """
          let isMarked = try tab.waits(for: "\(marked).join() === '#' + heading.id")
          let what = try tab.evaluate("[heading.id, ...\(marked)]", as: [String].self)
          #expect(isMarked, "the heading and what is marked: \(what)")
        }
      }
    }

    private func address(of tab: Tab) throws -> String {
      // A click's navigation has begun when this is answered, not ended.
      _ = try tab.waits(for: "document.readyState === 'complete'")
      return try tab.evaluate("location.href", as: String.self)
    }
  }
}
