/// Arrows, such as a field of vectors or the steps of an optimizer.
public struct ArrowMark: Equatable, Sendable {
  public var name: String
  public var x: [Double]
  public var y: [Double]
  public var dx: [Double]
  public var dy: [Double]

  /// Arrows from (x, y) to (x + dx, y + dy), in the units of the axes. Traps unless all four have one count.
  public init(
    _ name: String = "", x: [some PlotNumber], y: [some PlotNumber], dx: [some PlotNumber], dy: [some PlotNumber]
  ) {
    requireEqualCounts("ArrowMark \"\(name)\"", "x", x.count, "y", y.count)
    requireEqualCounts("ArrowMark \"\(name)\"", "x", x.count, "dx", dx.count)
    requireEqualCounts("ArrowMark \"\(name)\"", "x", x.count, "dy", dy.count)
    self.name = name
    self.x = x.plotValues
    self.y = y.plotValues
    self.dx = dx.plotValues
    self.dy = dy.plotValues
  }

  /// A field of vectors, scaled so that the longest arrow spans `length`, in the units of the axes: the distance
  /// between neighbours is a good choice.
  public init(
    _ name: String = "", fieldAtX x: [some PlotNumber], y: [some PlotNumber], dx: [some PlotNumber],
    dy: [some PlotNumber], longest length: Double
  ) {
    self.init(name, x: x, y: y, dx: dx, dy: dy)
    let longest = zip(self.dx, self.dy).map { ($0 * $0 + $1 * $1).squareRoot() }.filter(\.isFinite).max() ?? 0
    guard longest > 0 else { return }
    self.dx = self.dx.map { $0 * (length / longest) }
    self.dy = self.dy.map { $0 * (length / longest) }
  }
}
