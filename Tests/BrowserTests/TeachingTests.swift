internal import Foundation
import Testing

extension BrowserTests {
  /// What a page does for teaching: the presenter, symbols that light up, previews of references, folded parts.
  @Suite(.serialized) struct TeachingTests {
    static let lessons = Setting.site.lessons
    private static let desktop = Condition(viewport: .desktop, theme: .light, script: true)
    private static let phone = Condition(viewport: .phone, theme: .dark, script: true)
    private static let plain = Condition(viewport: .desktop, theme: .light, script: false)

    private func holds(_ condition: String, in tab: Tab) throws -> Bool { try tab.evaluate(condition, as: Bool.self) }

    // MARK: Presenter

    private static let isPresenting = "document.documentElement.classList.contains('presenting')"
    private static let place = "document.querySelector('.present-bar output').textContent"

    @Test(arguments: lessons) func thePresenterStepsThroughTheLesson(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        try tab.press(.letterP)
        #expect(try holds(Self.isPresenting, in: tab))
        #expect(try holds("document.querySelector('.lesson-header').checkVisibility()", in: tab))
        var places = [try tab.evaluate(Self.place, as: String.self)]
        let count = try #require(places[0].split(separator: " ").last.flatMap { Int($0) })
        #expect(count > 3)
        var figures = 0
        for _ in 1..<count {
          try tab.press(.right)
          places.append(try tab.evaluate(Self.place, as: String.self))
          // Nothing of a slide is wider than the window, and something is seen.
          #expect(try holds("document.documentElement.scrollWidth <= innerWidth", in: tab))
          #expect(try holds("document.querySelector('.lesson > .now').checkVisibility()", in: tab))
          if try holds("document.querySelector('.figure-slide') !== null", in: tab) {
            figures += 1
            #expect(try holds("document.querySelector('.figure-slide figure').checkVisibility()", in: tab))
            #expect(
              try holds("!document.querySelector('.figure-slide .code')?.checkVisibility()", in: tab),
              "a figure, no code")
          }
        }
        #expect(Set(places).count == count, "each step shows another slide")
        let all = try tab.evaluate("document.querySelectorAll('.lesson > .cell figure').length", as: Int.self)
        #expect(figures == all, "each figure is shown")
        try tab.press(.right)
        #expect(try tab.evaluate(Self.place, as: String.self) == places.last, "the last slide is the last")
        try tab.press(.left)
        #expect(try tab.evaluate(Self.place, as: String.self) == places[count - 2])
        try tab.press(.escape)
        #expect(try !holds(Self.isPresenting, in: tab))
        #expect(try holds("document.querySelector('.present-bar') === null", in: tab))
        #expect(try holds("document.querySelectorAll('.lesson > :not(.now)').length > 3", in: tab))
        #expect(try holds("document.activeElement.matches('.present')", in: tab))
      }
    }

    @Test(arguments: lessons) func thePresenterHasVisibleControls(_ page: String) throws {
      try withLesson(page, Self.phone) { tab in
        let start = try #require(try tab.spot(of: "document.querySelector('button.present')"))
        try tab.tap(x: start.x, y: start.y)
        #expect(try holds(Self.isPresenting, in: tab))
        let next = try #require(try tab.spot(of: "document.querySelectorAll('.present-bar button')[1]"))
        let before = try tab.evaluate(Self.place, as: String.self)
        try tab.tap(x: next.x, y: next.y)
        #expect(try tab.evaluate(Self.place, as: String.self) != before)
        let end = try #require(try tab.spot(of: "Array.from(document.querySelectorAll('.present-bar button')).pop()"))
        try tab.tap(x: end.x, y: end.y)
        #expect(try !holds(Self.isPresenting, in: tab))
      }
    }

    @Test(arguments: lessons) func withoutScriptThereIsNoPresenter(_ page: String) throws {
      try withLesson(page, Self.plain) { tab in
        let hasNone = try holds("document.querySelector('.present') === null", in: tab)
        #expect(hasNone)
      }
    }

    // MARK: Symbols

    private static let lit = "document.querySelectorAll('.lit').length"
    private static let box = "document.getElementById('page:symbol')"
    static let symbol = "document.querySelector('.equation-body [data-s]')"

    @Test(arguments: lessons) func aSymbolLightsUpWithAMouse(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        guard let place = try tab.spot(of: Self.symbol) else { return }
        #expect(try tab.evaluate(Self.lit, as: Int.self) == 0)
        try tab.moveMouse(x: place.x, y: place.y)
        #expect(try tab.evaluate(Self.lit, as: Int.self) > 1, "the symbol and its row")
        #expect(try holds("!\(Self.box).hidden && \(Self.box).textContent.length > 3", in: tab))
        let number = try tab.evaluate("\(Self.symbol).dataset.s", as: String.self)
        #expect(
          try holds(
            "Array.from(document.querySelectorAll('[data-s]')).every((e) => e.classList.contains('lit') === (e.dataset.s === '\(number)'))",
            in: tab))
        try tab.press(.escape)
        #expect(try tab.evaluate(Self.lit, as: Int.self) == 0)
        #expect(try holds("\(Self.box).hidden", in: tab))
      }
    }

    static let symbolInCode = "document.querySelector('.lesson > .cell .code [data-s]')"

    @Test(arguments: lessons) func aNameInCodeLightsUpItsSymbol(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        guard let place = try tab.spot(of: Self.symbolInCode) else { return }
        try tab.moveMouse(x: place.x, y: place.y)
        #expect(try holds("document.querySelector('.katex .lit') !== null", in: tab), "in formulas")
        #expect(try holds("document.querySelector('.code .lit') !== null", in: tab), "in code")
      }
    }

    @Test(arguments: lessons) func symbolsShowToTheKeyboard(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        guard try tab.spot(of: Self.symbol) != nil else { return }
        let equation = "\(Self.symbol).closest('.equation-body')"
        try tab.run("\(equation).focus()")
        var shown: Set<String> = []
        for _ in 0..<3 {
          try tab.press(.right)
          shown.insert(try tab.evaluate("\(Self.box).textContent", as: String.self))
          #expect(try holds("\(equation).getAttribute('aria-describedby') === 'page:symbol'", in: tab))
        }
        #expect(shown.count > 1)
        try tab.press(.escape)
        #expect(try holds("\(Self.box).hidden", in: tab))
        // The rows of the table are stops for the tab key.
        try tab.run(
          "document.querySelector('.symbols').open = true; document.querySelector('.symbols summary').focus()")
        for _ in 0..<3 { try tab.press(.tab) }
        #expect(try holds("document.activeElement.closest('.symbols tr[id].lit') !== null", in: tab))
      }
    }

    // MARK: References

    static let reference = """
      Array.from(document.querySelectorAll(".lesson > p .reference")).find((link) => {
        const target = document.getElementById(link.hash.slice(1));
        return Math.abs(target.getBoundingClientRect().top - link.getBoundingClientRect().top) > 2000;
      })
      """

    @Test(arguments: lessons) func aTapOnAReferenceShowsAndASecondFollows(_ page: String) throws {
      try withLesson(page, Self.phone) { tab in
        guard let place = try tab.spot(of: Self.reference) else { return }
        try tab.tap(x: place.x, y: place.y)
        #expect(try holds("!document.getElementById('page:type').hidden", in: tab))
        #expect(try holds("location.hash === ''", in: tab), "the first tap shows and stays")
        try tab.tap(x: place.x, y: place.y)
        #expect(try holds("location.hash.length > 1", in: tab))
      }
    }

    // MARK: Folds

    static let parts = "document.querySelectorAll('details.part')"

    @Test(arguments: lessons) func hintsAndSolutionsOpenWithoutScript(_ page: String) throws {
      try withLesson(page, Self.plain) { tab in
        let count = try tab.evaluate("\(Self.parts).length", as: Int.self)
        for index in 0..<count {
          let part = "\(Self.parts)[\(index)]"
          let place = try #require(try tab.spot(of: "\(part).querySelector('summary')"))
          #expect(try holds("!\(part).open", in: tab), "it begins folded")
          try tab.click(x: place.x, y: place.y)
          #expect(try holds("\(part).open && \(part).lastElementChild.checkVisibility()", in: tab))
        }
      }
    }
  }
}
