package import Figures
package import Markup

/// Figures as SVG.
package enum SVGRenderer {
  /// The room that a page's text column gives a figure, and a telephone.
  package static let defaultWidth = 640.0
  package static let narrowWidth = 320.0

  /// A figure for a page that has ``FigureTheme/variables`` and ``FigureTheme/styleSheet``: a `<div class="fig">` with
  /// the figure in a wide and in a narrow layout, of which the style sheet shows one. A table becomes an HTML table,
  /// frames become a `<div class="fig-frames">` with a `<div class="fig-frame" data-label="…">` for each.
  ///
  /// - Parameters:
  ///   - id: unique on the page; all identifiers inside start with it.
  ///   - title: what a screen reader says first: the alternative text.
  ///   - description: what it says on request; may be empty.
  ///   - width: the widest that the figure may be, in CSS pixels.
  package static func render(
    _ figure: Figure, id: String, title: String, description: String = "", width: Double = defaultWidth
  ) -> Node {
    let label = Label(title: title, description: description)
    switch figure {
    case .table(let table):
      // A table that is wider than the page scrolls, by keyboard too.
      let attributes = [
        ("class", "fig fig-scroll"), ("id", "\(id)-table"), ("role", "region"), ("aria-label", title),
        ("tabindex", "0"),
      ]
      return .element("div", attributes, [TableDrawing(table, width: width).html])
    case .frames(let frames): return film(frames, id: id, label: label)
    case .plot, .images, .smallMultiples:
      let wide = Drawing(figure, id: id, width: width, narrowWidth: narrowWidth, form: .wide)
      let narrow = Drawing(figure, id: id, width: width, narrowWidth: narrowWidth, form: .narrow)
      return .element(
        "div", [("class", "fig")],
        [
          svg(wide, id: id, label: label, classes: "fig-svg fig-wide"),
          svg(narrow, id: "\(id)-n", label: label, classes: "fig-svg fig-narrow"),
        ])
    }
  }

  /// A figure as an SVG document that needs no page: its colours are in it, light ones and, for systems set to dark,
  /// dark ones.
  package static func document(
    _ figure: Figure, title: String = "", description: String = "", width: Double = defaultWidth
  ) -> String {
    var drawing = Drawing(figure, id: "fig", width: width, narrowWidth: narrowWidth, form: .wide)
    let margin = 12.0
    let content = drawing.placed(x: margin, y: margin)
    drawing.width += 2 * margin
    drawing.height += 2 * margin
    drawing.nodes = [
      .element("style", [], [.text(FigureTheme.standaloneStyleSheet)]),
      .element("rect", [("class", "fig-ground"), ("width", "100%"), ("height", "100%")]), content,
    ]
    return Serializer.svg(
      svg(drawing, id: "fig", label: Label(title: title, description: description), classes: "fig-svg"))
  }

  private struct Label {
    var title: String
    var description: String
  }

  private static func svg(_ drawing: Drawing, id: String, label: Label, classes: String) -> Node {
    let titleID = "\(id)-title"
    let descriptionID = "\(id)-desc"
    let names = [(titleID, "title", label.title), (descriptionID, "desc", label.description)].filter { !$0.2.isEmpty }
    let width = Coordinate.text(drawing.width)
    let height = Coordinate.text(drawing.height)
    return .element(
      "svg",
      [
        ("class", classes), ("viewBox", "0 0 \(width) \(height)"), ("width", width), ("height", height),
        ("role", "img"), ("aria-labelledby", names.isEmpty ? nil : names.map(\.0).joined(separator: " ")),
      ],
      names.map { .element($0.1, [("id", $0.0)], [.text($0.2)]) } + drawing.nodes)
  }

  private static func film(_ frames: Frames, id: String, label: Label) -> Node {
    let drawings = FilmstripDrawing.drawings(of: frames, id: id, width: narrowWidth)
    let pictures = zip(drawings, frames.labels).enumerated().map { index, frame in
      let name = Label(title: "\(frame.1): \(label.title)", description: "")
      return Node.element(
        "div", [("class", "fig-frame"), ("data-label", frame.1)],
        [svg(frame.0, id: "\(id)-f\(index)", label: name, classes: "fig-svg")])
    }
    return .element(
      "div", [("class", "fig")],
      [
        .element(
          "div", [("class", "fig-frames"), ("role", "group"), ("aria-label", label.title), ("id", "\(id)-frames")],
          pictures)
      ])
  }
}
