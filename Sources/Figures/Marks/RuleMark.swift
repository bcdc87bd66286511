/// A straight line across the plot at one value, with its name beside it.
public struct RuleMark: Equatable, Sendable {
  public enum Direction: UInt8, Equatable, Sendable { case horizontal, vertical }

  public var name: String
  public var direction: Direction
  public var value: Double

  /// A horizontal line.
  public init(_ name: String = "", y: Double) {
    self.name = name
    direction = .horizontal
    value = y
  }

  /// A vertical line.
  public init(_ name: String = "", x: Double) {
    self.name = name
    direction = .vertical
    value = x
  }
}
