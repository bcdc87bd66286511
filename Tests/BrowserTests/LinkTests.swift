internal import Foundation
import Testing

extension BrowserTests {
  /// Links within a lesson: to its headings, to its footnotes and back, to its equations.
  @Suite(.serialized) struct LinkTests {
    static let lessons = Setting.site.lessons
    private static let desktop = Condition(viewport: .desktop, theme: .light, script: true)

    @Test(arguments: lessons) func anAnchorCopiesTheLinkToItsHeading(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        try tab.keepCopies()
        let anchor = "document.querySelectorAll('h2[id] > .anchor')[1]"
        let heading = try tab.evaluate("\(anchor).parentElement.id", as: String.self)
        let place = try #require(try tab.spot(of: anchor))
        try tab.click(x: place.x, y: place.y)
        #expect(try tab.copied() == "\(Setting.site.address(of: page).absoluteString)#\(heading)")
        #expect(try tab.evaluate("location.hash", as: String.self) == "#\(heading)", "the address bar has it too")
      }
    }

    @Test(arguments: lessons) func aFootnoteLeadsBackToTheText(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        let reference = "document.querySelector('.footnote-reference a')"
        let place = try #require(try tab.spot(of: reference))
        try tab.click(x: place.x, y: place.y)
        #expect(try tab.waits(for: "location.hash === \(reference).hash"), "a click goes to the note")
        let back = try #require(try tab.spot(":target .back"))
        try tab.click(x: back.x, y: back.y)
        #expect(try tab.waits(for: "location.hash === '#' + \(reference).id"), "a click goes back")
        let isSeen = """
          ((box) => {
            const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return \(reference).contains(seen);
          })(\(reference).getBoundingClientRect())
          """
        #expect(try tab.waits(for: isSeen), "what it goes back to is in sight")
        // Every way back of every note.
        let strays = try tab.evaluate(
          """
          Array.from(document.querySelectorAll(".footnotes li[id]")).filter((note) => {
            const ways = Array.from(note.querySelectorAll(".back"));
            return !ways.length
              || ways.some((way) => document.getElementById(way.hash.slice(1))?.hash !== "#" + note.id);
          }).map((note) => note.id)
          """, as: [String].self)
        #expect(strays == [])
      }
    }

    /// The first reference to an equation that is not in the window with it.
    static let equationReference = """
      Array.from(document.querySelectorAll(".lesson > p .reference")).find((link) => {
        const target = document.getElementById(link.hash.slice(1));
        const away = target.getBoundingClientRect().top - link.getBoundingClientRect().top;
        return target.matches(".equation") && Math.abs(away) > 1.5 * innerHeight;
      })
      """

    @Test(arguments: lessons) func aReferenceShowsItsEquationToAMouse(_ page: String) throws {
      try withLesson(page, Self.desktop) { tab in
        guard let place = try tab.spot(of: Self.equationReference) else { return }
        let box = "document.getElementById('page:type')"
        try tab.run("window.equation = document.querySelector(\(Self.equationReference).hash + ' .equation-body')")
        #expect(try tab.evaluate("\(box).hidden", as: Bool.self))
        try tab.moveMouse(x: place.x, y: place.y)
        #expect(try tab.evaluate("\(box).checkVisibility()", as: Bool.self))
        let shown = try tab.evaluate("\(box).textContent", as: String.self)
        #expect(shown.count > 3)
        #expect(try tab.evaluate("equation.textContent", as: String.self) == shown)
        try tab.press(.escape)
        #expect(try tab.evaluate("\(box).hidden", as: Bool.self))
      }
    }
  }
}
