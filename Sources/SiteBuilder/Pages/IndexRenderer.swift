internal import Lessons
internal import Markup

/// Renders the page that says what this is, shows the course's answer, and lists the lessons.
struct IndexRenderer {
  struct Entry: Equatable {
    var slug: String
    var title: String
    var summary: String
    /// The part of the course that it belongs to.
    var part: String?

    /// What stands before the title in the list: the number with which the file's name begins.
    var number: String { String(slug.prefix { $0.isASCII && $0.isNumber }) }
  }

  /// In the order in which they are to be read.
  var lessons: [Entry]
  var poster: Poster?
  var hasReference = false
  var address: SiteAddress?

  static let title = "Generative models, worked through in Swift"
  static let summary =
    "Lessons on learning from data without labels: what the models are, why they work, and the code that trains them."

  func document() -> Node {
    let shell = PageShell(
      title: Self.title, description: Self.summary, isIndex: true, hasReference: hasReference,
      main: [introduction] + shown + [doors, list])
    return shell.document()
  }

  private var introduction: Node {
    .element(
      "div", [("class", "intro")],
      [
        .element("h1", [], [.text(Self.title)]),
        .element("p", [("class", "summary")], [.text(Self.summary)]),
      ])
  }

  private var shown: [Node] {
    guard let poster else { return [] }
    let link = Node.element("a", [("href", poster.slug + ".html")], [.text(poster.title)])
    return [
      .element(
        "section", [("class", "poster"), ("aria-label", "From the lessons")],
        [poster.node, .element("p", [("class", "poster-lesson")], ["From the lesson ", link])])
    ]
  }

  // MARK: For whom

  private var doors: Node {
    .element(
      "dl", [("class", "audiences")],
      [
        door(
          "To read",
          [
            "Nothing to install, nothing loaded from elsewhere; every figure and every number was computed by the code that stands beside it."
          ] + firstLesson),
        door(
          "To run",
          [
            "Each cell names the command that runs it, such as ", Self.code("walkthrough run \(first)"),
            ". Change a number and run it again.",
          ] + reference),
        door(
          "To teach",
          [
            "Press ", .element("kbd", [], ["p"]),
            " on a lesson to present it. Exercises have hints and tested solutions, which ",
            Self.code("walkthrough build --student"),
            " leaves out. A lesson is one Markdown file with Swift in it, and what it claims is checked each time it is built.",
          ]),
      ])
  }

  private var first: String { lessons.first?.slug ?? "LESSON" }

  private var firstLesson: [Node] {
    guard let lesson = lessons.first else { return [] }
    return [" Begin with ", .element("a", [("href", lesson.slug + ".html")], [.text(lesson.title)]), "."]
  }

  private var reference: [Node] {
    guard hasReference else { return [] }
    return [
      " The ", .element("a", [("href", APIPages.index)], ["reference"]), " has all that a lesson can call.",
    ]
  }

  private static func code(_ text: String) -> Node { .element("code", [], [.text(text)]) }

  private func door(_ name: String, _ text: [Node]) -> Node {
    .element("div", [], [.element("dt", [], [.text(name)]), .element("dd", [], text)])
  }

  // MARK: The list

  /// Neighbours that belong to one part of the course.
  private var groups: [(part: String?, lessons: [Entry])] {
    var groups: [(part: String?, lessons: [Entry])] = []
    for lesson in lessons {
      if let last = groups.last, last.part == lesson.part {
        groups[groups.count - 1].lessons.append(lesson)
      } else {
        groups.append((lesson.part, [lesson]))
      }
    }
    return groups
  }

  private var list: Node {
    .element(
      "section", [("aria-labelledby", "lessons")],
      [.element("h2", [("id", "lessons")], ["Lessons"])]
        + groups.flatMap { group -> [Node] in
          let items = group.lessons.map(Self.item)
          let heading = group.part.map { [Node.element("h3", [("class", "course-part")], [.text($0)])] } ?? []
          return heading + [.element("ol", [("class", "lessons")], items)]
        })
  }

  private static func item(_ lesson: Entry) -> Node {
    let number =
      lesson.number.isEmpty
      ? [] : [Node.element("span", [("class", "lesson-number"), ("aria-hidden", "true")], [.text(lesson.number)])]
    return .element(
      "li", [],
      number + [
        .element("a", [("href", lesson.slug + ".html")], [.text(lesson.title)]),
        .element("p", [], [.text(lesson.summary)]),
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
