import FigureRendering

/// How far a text or an area reaches across the figure, and across the figure turned by 45 degrees. Rectangles that
/// stand either way are apart if and only if one of the two tells them apart.
struct Reach {
  var upright: Box
  var turned: Box

  init(_ text: PlacedText) { self.init(text.box, isSlanted: text.isSlanted) }

  init(_ box: Box, isSlanted: Bool = false) {
    let corners = [(box.x, box.y), (box.right, box.y), (box.x, box.bottom), (box.right, box.bottom)]
    // A slanted text ends at its anchor, the end of its baseline, and turns about it.
    let anchor = (x: box.right, y: box.y + 0.8 * box.height)
    let placed =
      isSlanted
      ? corners.map { x, y in
        let (right, down) = Self.turned(x - anchor.x, y - anchor.y, by: -1)
        return (anchor.x + right, anchor.y + down)
      } : corners
    upright = Self.box(around: placed)
    turned = Self.box(around: placed.map { Self.turned($0, $1, by: 1) })
  }

  /// An eighth of a turn; clockwise on the screen, where y points down, or back by -1.
  private static func turned(_ x: Double, _ y: Double, by sign: Double) -> (Double, Double) {
    ((x - sign * y) * 0.5.squareRoot(), (sign * x + y) * 0.5.squareRoot())
  }

  private static func box(around corners: [(Double, Double)]) -> Box {
    let (x, y) = (corners.map(\.0), corners.map(\.1))
    let (left, top) = (x.min() ?? .nan, y.min() ?? .nan)
    return Box(x: left, y: top, width: (x.max() ?? .nan) - left, height: (y.max() ?? .nan) - top)
  }

  func overlaps(_ other: Reach) -> Bool { upright.overlaps(other.upright) && turned.overlaps(other.turned) }
}
