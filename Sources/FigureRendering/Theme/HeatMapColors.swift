internal import Figures

/// The colours of a heat map's values.
struct HeatMapColors {
  let range: ClosedRange<Double>
  private let map: ColorMap

  init(_ mark: HeatMapMark) {
    map = ColorMap(mark.colors)
    if let range = mark.valueRange, range.lowerBound < range.upperBound,
      abs(range.lowerBound) <= 1e100, abs(range.upperBound) <= 1e100
    {
      self.range = range
      return
    }
    let present = mark.grid.values.filter { PositionScale.isPresent($0, isLogarithmic: false) }
    var low = present.min() ?? 0
    var high = present.max() ?? 1
    if mark.colors == .diverging {
      high = max(abs(low), abs(high))
      low = -high
    }
    range = low < high ? low...high : low - 0.5...low + 0.5
  }

  /// Nil for a missing value.
  func color(of value: Double) -> ColorMap.Color? {
    guard PositionScale.isPresent(value, isLogarithmic: false) else { return nil }
    return map.color(at: (value - range.lowerBound) / (range.upperBound - range.lowerBound))
  }
}
