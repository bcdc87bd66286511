/// Points joined in the order given. A missing value breaks the line.
public struct LineMark: Equatable, Sendable {
  public enum Style: UInt8, Equatable, Sendable { case solid, dashed, dotted }

  public var name: String
  public var x: [Double]
  public var y: [Double]
  public var style: Style
  /// Whether the area down to zero is filled, faintly.
  public var isFilled: Bool

  /// Traps unless `x` and `y` have one count.
  public init(
    _ name: String = "", x: [some PlotNumber], y: [some PlotNumber], style: Style = .solid, isFilled: Bool = false
  ) {
    requireEqualCounts("LineMark \"\(name)\"", "x", x.count, "y", y.count)
    self.name = name
    self.x = x.plotValues
    self.y = y.plotValues
    self.style = style
    self.isFilled = isFilled
  }
}
