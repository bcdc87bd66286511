internal import Lessons
internal import Markup

/// Renders the page that says what this is and lists the lessons.
struct IndexRenderer {
  struct Entry: Equatable {
    var slug: String
    var title: String
    var summary: String
  }

  /// In the order in which they are to be read.
  var lessons: [Entry]
  var hasReference = false
  var address: SiteAddress?

  static let title = "Generative models, worked through in Swift"
  static let summary =
    "Lessons on learning from data without labels: what the models are, why they work, and the code that trains them."

  func document() -> Node {
    let shell = PageShell(
      title: Self.title, description: Self.summary, isIndex: true, hasReference: hasReference,
      main: [introduction, list])
    return shell.document()
  }

  private var introduction: Node {
    .element(
      "div", [("class", "intro")],
      [
        .element("h1", [], [.text(Self.title)]),
        .element("p", [("class", "summary")], [.text(Self.summary)]),
        .element(
          "dl", [("class", "audiences")],
          [
            audience(
              "To read",
              [
                "Open a lesson. Nothing to install, nothing loaded from elsewhere; every figure and every number was computed by the code that stands beside it."
              ]),
            audience(
              "To run",
              ["Each cell names the command that runs it, such as ", command, ". Change a number and run it again."]),
            audience(
              "To teach",
              ["A lesson is one Markdown file with Swift in it. What it claims is checked each time it is built."]),
          ]),
      ])
  }

  private var command: Node {
    .element("code", [], [.text("walkthrough run \(lessons.first?.slug ?? "LESSON")")])
  }

  private func audience(_ name: String, _ text: [Node]) -> Node {
    .element("div", [], [.element("dt", [], [.text(name)]), .element("dd", [], text)])
  }

  private var list: Node {
    .element(
      "section", [("aria-labelledby", "lessons")],
      [
        .element("h2", [("id", "lessons")], ["Lessons"]),
        .element(
          "ol", [("class", "lessons")],
          lessons.map { lesson in
            .element(
              "li", [],
              [
                .element("a", [("href", lesson.slug + ".html")], [.text(lesson.title)]),
                .element("p", [], [.text(lesson.summary)]),
              ])
          }),
      ])
  }
}

/// Renders what a web server shows for an address that does not exist.
enum NotFoundRenderer {
  static func document(hasReference: Bool, address: SiteAddress?) -> Node {
    let shell = PageShell(
      title: "Page not found", description: "There is no page at this address.", path: PageShell.notFoundPath,
      hasReference: hasReference, address: address,
      main: [
        .element("h1", [], ["Page not found"]),
        .element(
          "p", [],
          [
            "There is no page at this address. ",
            .element("a", [("href", address?.text ?? "index.html")], ["All lessons"]),
            " are on the first page.",
          ]),
      ])
    return shell.document()
  }
}
