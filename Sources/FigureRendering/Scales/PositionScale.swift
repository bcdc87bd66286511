internal import Figures

/// Maps values to the unit interval along an axis, and knows the axis's ticks.
package struct PositionScale: Equatable {
  package struct Tick: Equatable {
    package var value: Double
    /// Where it stands, from 0 at the axis's start to 1 at its end.
    package var position: Double
    package var label: String
  }

  package let low: Double
  package let high: Double
  let isLogarithmic: Bool
  package private(set) var ticks: [Tick] = []

  private let start: Double
  private let length: Double

  /// Nil for a missing value: not finite, out of all bounds, or not positive on a logarithmic axis. Values outside of
  /// the axis's domain get positions outside of 0...1.
  package func position(_ value: Double) -> Double? {
    guard Self.isPresent(value, isLogarithmic: isLogarithmic) else { return nil }
    return ((isLogarithmic ? DecimalLogarithm.of(value) : value) - start) / length
  }

  func contains(_ value: Double) -> Bool {
    guard let position = position(value) else { return false }
    return position >= -1e-9 && position <= 1 + 1e-9
  }

  static func isPresent(_ value: Double, isLogarithmic: Bool) -> Bool {
    abs(value) <= 1e100 && (!isLogarithmic || value >= 1e-100)
  }

  init(low: Double, high: Double, isLogarithmic: Bool) {
    self.low = low
    self.high = high
    self.isLogarithmic = isLogarithmic
    start = isLogarithmic ? DecimalLogarithm.of(low) : low
    length = (isLogarithmic ? DecimalLogarithm.of(high) : high) - start
  }

  /// The scale of an axis whose data span `extent` (nil when there are none).
  ///
  /// `isWhole` keeps ticks at whole numbers where there is room for two; `fits` says whether labels have room at a spacing given as a fraction of the axis.
  init(
    axis: Axis, extent: ClosedRange<Double>?, coverage: TickSearch.Coverage, isWhole: Bool = false, target: Double,
    fits: (_ labels: [String], _ spacing: Double) -> Bool
  ) {
    let isLogarithmic = axis.scale == .log
    let range = axis.domain ?? Self.widened(extent, isLogarithmic: isLogarithmic)
    let coverage = axis.domain == nil ? coverage : .inside
    let found = withoutActuallyEscaping(fits) { fits in
      Self.search(
        range, isLogarithmic: isLogarithmic, coverage: coverage, isWhole: isWhole, target: target, fits: fits)
    }
    let encloses = coverage == .enclosing
    let low = encloses ? min(range.lowerBound, found.values.first ?? .infinity) : range.lowerBound
    let high = encloses ? max(range.upperBound, found.values.last ?? -.infinity) : range.upperBound
    self.init(low: low, high: high, isLogarithmic: isLogarithmic)
    if axis.isHidden { return }
    ticks = zip(found.values, found.labels).compactMap { value, label in
      position(value).map { Tick(value: value, position: min(1, max(0, $0)), label: label) }
    }
  }

  /// The scale of an axis with names at 0, 1, 2, …, half a step of room at each end.
  init(categories: [String]) {
    self.init(low: -0.5, high: max(0.5, Double(categories.count) - 0.5), isLogarithmic: false)
    ticks = categories.enumerated().compactMap { index, label in
      position(Double(index)).map { Tick(value: Double(index), position: $0, label: label) }
    }
  }

  private static func search(
    _ range: ClosedRange<Double>, isLogarithmic: Bool, coverage: TickSearch.Coverage, isWhole: Bool, target: Double,
    fits: @escaping (_ labels: [String], _ spacing: Double) -> Bool
  ) -> TickSearch.Result {
    if isLogarithmic {
      let ticks = LogTicks(
        low: range.lowerBound, high: range.upperBound, coverage: coverage, target: target, fits: fits)
      if let result = ticks.best() { return result }
    }
    var search = TickSearch(
      low: range.lowerBound, high: range.upperBound, coverage: coverage, isWhole: isWhole && !isLogarithmic,
      target: target, fits: fits)
    if isLogarithmic {
      // Evenly spaced values bunch up on a logarithmic axis; over the narrow ranges that have no two powers, hardly.
      search.fits = { labels, spacing in fits(labels, spacing / 2) }
      if let result = search.best(), result.values[0] > 0 { return result }
      search.coverage = .inside
    }
    if let result = search.best() { return result }
    search.isWhole = false
    return search.best() ?? TickSearch.Result(values: [], labels: [])
  }

  /// A range with some width: a single value gets room around it, none at all the unit interval.
  private static func widened(_ extent: ClosedRange<Double>?, isLogarithmic: Bool) -> ClosedRange<Double> {
    guard let extent else { return isLogarithmic ? 1...10 : 0...1 }
    let (low, high) = (extent.lowerBound, extent.upperBound)
    if isLogarithmic { return high / low > 1 + 1e-9 ? extent : low / 2...high * 2 }
    let size = max(abs(low), abs(high))
    if high - low > size * 1e-9 { return extent }
    let margin = size > 0 ? size * 0.1 : 0.5
    return low - margin...high + margin
  }
}
