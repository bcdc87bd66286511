/// A grid of cells coloured by value.
public struct HeatMapMark: Equatable, Sendable {
  public enum Colors: UInt8, Equatable, Sendable {
    /// From dark to light.
    case sequential
    /// From one colour through a neutral one at zero to another.
    case diverging
  }

  public var grid: GridValues
  public var colors: Colors
  /// The values at the ends of the colours. Nil: the values' own range, symmetric about zero when diverging.
  public var valueRange: ClosedRange<Double>?
  /// What the colours mean; heads the colour bar.
  public var valueLabel: String
  /// Whether each cell shows its value, where it fits.
  public var showsValues: Bool

  public init(
    grid: GridValues, colors: Colors = .sequential, valueRange: ClosedRange<Double>? = nil, valueLabel: String = "",
    showsValues: Bool = false
  ) {
    self.grid = grid
    self.colors = colors
    self.valueRange = valueRange
    self.valueLabel = valueLabel
    self.showsValues = showsValues
  }
}
