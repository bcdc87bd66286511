internal import Markup

/// Placed texts as SVG.
enum SVGText {
  static func node(_ text: PlacedText, color: String? = nil) -> Node {
    let x = Coordinate.text(text.x)
    let y = Coordinate.text(text.y)
    let position: [(String, String?)] =
      text.isSlanted
      ? [("transform", "translate(\(x) \(y)) rotate(-45)")] : [("x", x), ("y", y)]
    let anchor: [(String, String?)] = text.anchor == .start ? [] : [("text-anchor", text.anchor.rawValue)]
    // A colour that goes with a value is a style: the sheet's rules for texts would override an attribute.
    return .element(
      "text", position + anchor + [("class", className(text.role)), ("style", color.map { "fill:\($0)" })],
      [.text(text.text)])
  }

  static func nodes(_ texts: [PlacedText]) -> [Node] { texts.map { node($0) } }

  private static func className(_ role: PlacedText.Role) -> String? {
    switch role {
    case .title: "fig-title"
    case .plain: nil
    case .muted: "fig-muted"
    case .halo: "fig-halo"
    }
  }
}
