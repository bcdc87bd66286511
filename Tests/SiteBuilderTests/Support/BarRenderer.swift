import Markup
import SiteBuilder

extension ShownValueRenderer {
  /// Draws the payload's bytes as bars, for tests that are not about figures.
  static let bars = ShownValueRenderer { request throws(Failure) in
    guard request.kind == "test.bars" else { throw Failure("the kind \(request.kind) is unknown") }
    let bars = request.payload.enumerated().map { index, height in
      Node.element(
        "rect",
        [
          ("x", String(index * 40)), ("y", String(40 - Int(height))), ("width", "30"), ("height", String(height)),
          ("fill", "var(--accent)"),
        ])
    }
    let title = Node.element("title", [("id", request.identifier + "-title")], [.text(request.alternative)])
    let svg = Node.element(
      "svg",
      [
        ("viewBox", "0 0 \(request.payload.count * 40) 40"), ("width", "600"), ("role", "img"),
        ("aria-labelledby", request.identifier + "-title"),
      ], [title] + bars)
    return RenderedFigure(content: svg, csv: "bar\n" + request.payload.map { "\($0)\n" }.joined())
  }
}
