/// A rectangle; y points down.
package struct Box: Equatable {
  package var x: Double
  package var y: Double
  package var width: Double
  package var height: Double

  package init(x: Double, y: Double, width: Double, height: Double) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  package var right: Double { x + width }
  package var bottom: Double { y + height }

  package func overlaps(_ other: Box) -> Bool {
    x < other.right && other.x < right && y < other.bottom && other.y < bottom
  }
}

/// A line of text and where it stands.
package struct PlacedText: Equatable {
  package enum Anchor: String { case start, middle, end }
  package enum Role: Equatable { case title, plain, muted, halo }

  package var text: String
  /// The point on the baseline that the anchor names.
  var x: Double
  var y: Double
  var anchor = Anchor.start
  var role = Role.plain
  /// Whether it climbs from the lower left to the anchor, at 45 degrees.
  package var isSlanted = false

  var width: Double { TextMetrics.width(text, size: size, isBold: role == .title) }
  var size: Double { role == .title ? FigureTheme.Metrics.titleSize : FigureTheme.Metrics.textSize }

  /// The box of a text that is not slanted.
  package var box: Box {
    let left =
      switch anchor {
      case .start: x
      case .middle: x - width / 2
      case .end: x - width
      }
    return Box(x: left, y: y - size * 0.8, width: width, height: size)
  }
}

/// The sample of a series beside its name; its box is `Legend.keyWidth` wide.
struct PlacedKey: Equatable {
  var entry: PlotSeries.Entry
  /// The left end, and the height at which a line would run.
  var x: Double
  var y: Double
}
