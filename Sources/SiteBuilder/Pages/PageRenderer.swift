internal import Lessons
internal import Markup
internal import SnippetRunner

/// Renders one lesson's page: its text, its code with colours, and what running the code gave.
///
///     # A title                     <h1 id="a-title">A title</h1>
///     Some *prose* with $x^2$.  →   <p>Some <em>prose</em> with <span class="katex">…</span>.</p>
///     ```swift                      <div class="cell"><pre><code>…</code></pre>
///     print(1 + 1)                  <p class="command">…</p>
///     ```                           <div class="output"><pre><samp>2</samp></pre></div></div>
///
/// Mistakes that only show here (a formula that is no TeX, a figure without a text alternative) are collected, so that
/// one build reports them all.
///
/// A heading's anchor is lower-case letters, digits, `-` and `_`; a figure's or equation's is its label. Every other id
/// of a page has a colon or a capital in it and can be none of these.
struct PageRenderer {
  /// A neighbour in the order of the lessons.
  struct Neighbour: Equatable {
    var slug: String
    var title: String
  }

  struct Page {
    var document: Node
    /// The figures as files of their own, and their numbers; the page links to them.
    var figureFiles: [SiteFile]
    var usesMath: Bool
    /// Paths of files beside the lesson that the page shows or links to.
    var attachments: Set<String>
    var diagnostics: [Diagnostic]

    /// Figures do not count as a page's weight.
    var documentWithoutFigures: Node { Self.withoutDrawings(document) }

    private static func withoutDrawings(_ node: Node) -> Node {
      switch node {
      case .element(var element):
        let isDrawing = element.name == "div" && element["class"] == "drawing"
        element.children = isDrawing ? [] : element.children.map(withoutDrawings)
        return .element(element)
      case .fragment(let nodes): return .fragment(nodes.map(withoutDrawings))
      default: return node
      }
    }
  }

  let lesson: Lesson
  let run: LessonRun
  let tokens: LessonTokens
  let math: MathRenderer
  let shownValues: ShownValueRenderer
  let previous: Neighbour?
  let next: Neighbour?
  /// The pages about what lessons can call; nil where there are none.
  let reference: APIPages?
  let symbols: SymbolMarks
  /// Where the site is published, if its publisher has said so.
  let address: SiteAddress?

  var diagnostics: [Diagnostic] = []
  var figureFiles: [SiteFile] = []
  var usesMath = false
  /// The files beside the lesson that the page shows or links to, by path.
  var attachments: Set<String> = []

  init(
    lesson: Lesson, run: LessonRun, tokens: LessonTokens, math: MathRenderer, shownValues: ShownValueRenderer,
    previous: Neighbour? = nil, next: Neighbour? = nil, reference: APIPages? = nil, address: SiteAddress? = nil
  ) {
    self.lesson = lesson
    self.run = run
    self.tokens = tokens
    self.math = math
    self.shownValues = shownValues
    self.previous = previous
    self.next = next
    self.reference = reference
    symbols = SymbolMarks(lesson.frontMatter.symbols)
    self.address = address
  }

  static func render(_ renderer: PageRenderer) -> Page {
    var renderer = renderer
    let document = renderer.document()
    return Page(
      document: document, figureFiles: renderer.figureFiles, usesMath: renderer.usesMath,
      attachments: renderer.attachments, diagnostics: renderer.diagnostics)
  }

  private mutating func document() -> Node {
    let all = ProvenClaims(lesson, run).placed(in: lesson.blocks)
    var blocks = all[...]
    var heading: [Node] = []
    if let first = blocks.first, case .heading(level: 1, _, _) = first.kind {
      heading = [render(first)]
      blocks.removeFirst()
    }
    let table = symbolTable()
    let body = blocks.map { render($0) }
    var plain = self
    let contents = TableOfContents(all) { plain.renderPlainly($0) }
    heading.append(.element("p", [("class", "summary")], [.text(lesson.frontMatter.summary)]))
    var parts: [Node] = [.element("header", [("class", "lesson-header")], heading)]
    if !contents.isEmpty { parts.append(contents.folded()) }
    if let table { parts.append(table) }
    for block in body { parts += ["\n", block] }
    parts.append("\n")
    let article = Node.element("article", [("class", "lesson")], parts)
    let crumbs = Breadcrumbs.node([("Lessons", "index.html"), (lesson.frontMatter.title, nil)])
    let shell = PageShell(
      title: lesson.frontMatter.title, description: lesson.frontMatter.summary, path: lesson.slug + ".html",
      hasReference: reference != nil, address: address, usesMath: usesMath,
      sidebar: contents.isEmpty ? nil : contents.sidebar(),
      main: [crumbs, article, pager()].compactMap { $0 },
      source: lesson.source.path, hovers: hoverList())
    return shell.document()
  }

  private func pager() -> Node? {
    guard previous != nil || next != nil else { return nil }
    func link(_ neighbour: Neighbour?, _ relation: String, _ word: String) -> Node {
      guard let neighbour else { return .element("span") }
      return .element(
        "a", [("class", relation), ("rel", relation), ("href", neighbour.slug + ".html")],
        [.element("span", [("class", "pager-word")], [.text(word)]), .text(neighbour.title)])
    }
    return .element(
      "nav", [("class", "pager"), ("aria-label", "Neighbouring lessons")],
      [link(previous, "prev", "Previous"), link(next, "next", "Next")])
  }

  mutating func report(_ identifier: String, _ summary: String, at range: SourceRange, remedy: String) {
    diagnostics.append(
      Diagnostic(
        stage: .writing, identifier: identifier, summary: summary, location: lesson.source.location(range),
        remedy: remedy))
  }
}
