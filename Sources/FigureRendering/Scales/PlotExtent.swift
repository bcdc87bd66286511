internal import Figures

/// What a plot's marks span, and how its axes have to be cut.
struct PlotExtent {
  private(set) var x: ClosedRange<Double>?
  private(set) var y: ClosedRange<Double>?
  /// Whether the axis is extended to round numbers beyond the data.
  private(set) var xCoverage = TickSearch.Coverage.inside
  private(set) var yCoverage = TickSearch.Coverage.enclosing

  /// Whether all data along the axis are whole numbers, so that half of one would make no sense.
  var xIsWhole: Bool { !xHasFractions && Self.isCounting(x) }
  var yIsWhole: Bool { !yHasFractions && Self.isCounting(y) }

  /// Whether something fills the plot to its edges.
  private var hasGrid = false
  private var xHasFractions = false
  private var yHasFractions = false
  private let xIsLogarithmic: Bool
  private let yIsLogarithmic: Bool

  init(_ plot: Plot) {
    xIsLogarithmic = plot.xAxis.scale == .log
    yIsLogarithmic = plot.yAxis.scale == .log
    for mark in plot.marks { include(mark) }
    if plot.xAxis.includesZero, !xIsLogarithmic { includeX([0]) }
    if plot.yAxis.includesZero, !yIsLogarithmic { includeY([0]) }
    if plot.hasEqualUnits {
      xCoverage = .inside
      yCoverage = .inside
      if !hasGrid {
        x = x.map(Self.padded)
        y = y.map(Self.padded)
      }
    }
  }

  private mutating func include(_ mark: Mark) {
    switch mark {
    case .line(let line):
      include(x: line.x, y: line.y)
      if line.isFilled { includeZero() }
    case .points(let points):
      if !hasGrid { xCoverage = .enclosing }
      include(x: points.x, y: points.y)
    case .bars(let bars):
      includeX([-0.5, Double(bars.values.count) - 0.5])
      includeY(bars.values)
      let errors = zip(bars.values, bars.errors).filter { abs($1) <= 1e100 }
      includeY(errors.flatMap { [$0 - abs($1), $0 + abs($1)] })
      includeZero()
    case .band(let band):
      include(x: band.x, y: band.low)
      include(x: band.x, y: band.high)
    case .histogram(let histogram):
      includeX(histogram.edges)
      includeY(histogram.heights)
      includeZero()
    case .heatMap(let map): include(map.grid)
    case .contour(let contour): include(contour.grid)
    case .rule(let rule):
      if rule.direction == .horizontal { includeY([rule.value]) } else { includeX([rule.value]) }
    case .arrows(let arrows):
      if !hasGrid { xCoverage = .enclosing }
      include(x: arrows.x, y: arrows.y)
      include(x: zip(arrows.x, arrows.dx).map(+), y: zip(arrows.y, arrows.dy).map(+))
    }
  }

  private mutating func include(_ grid: GridValues) {
    hasGrid = true
    (xHasFractions, yHasFractions) = (true, true)
    xCoverage = .inside
    yCoverage = .inside
    includeX([grid.xRange.lowerBound, grid.xRange.upperBound])
    includeY([grid.yRange.lowerBound, grid.yRange.upperBound])
  }

  private mutating func includeZero() { if !yIsLogarithmic { includeY([0]) } }

  /// A point counts only as a whole.
  private mutating func include(x xs: [Double], y ys: [Double]) {
    let isPresent = zip(xs, ys).map { x, y in
      PositionScale.isPresent(x, isLogarithmic: xIsLogarithmic)
        && PositionScale.isPresent(y, isLogarithmic: yIsLogarithmic)
    }
    includeX(zip(xs, isPresent).filter(\.1).map(\.0))
    includeY(zip(ys, isPresent).filter(\.1).map(\.0))
  }

  private mutating func includeX(_ values: [Double]) {
    Self.extend(&x, by: values, isLogarithmic: xIsLogarithmic)
    if !Self.areWhole(values) { xHasFractions = true }
  }

  private mutating func includeY(_ values: [Double]) {
    Self.extend(&y, by: values, isLogarithmic: yIsLogarithmic)
    if !Self.areWhole(values) { yHasFractions = true }
  }

  private static func areWhole(_ values: [Double]) -> Bool {
    values.allSatisfy { !(abs($0) <= 1e100) || $0 == $0.rounded() }
  }

  /// From 0 to 1 there are shares as often as counts.
  private static func isCounting(_ range: ClosedRange<Double>?) -> Bool {
    range.map { $0.upperBound - $0.lowerBound >= 2 } ?? false
  }

  private static func extend(_ range: inout ClosedRange<Double>?, by values: [Double], isLogarithmic: Bool) {
    for value in values where PositionScale.isPresent(value, isLogarithmic: isLogarithmic) {
      range = range.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
    }
  }

  private static func padded(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    let margin = (range.upperBound - range.lowerBound) * 0.04
    return range.lowerBound - margin...range.upperBound + margin
  }
}
