/// A matrix or a function of the plane as colours.
public struct HeatMap: FigureConvertible, Equatable, Sendable {
  public var plot: Plot
  public var figure: Figure { .plot(plot) }

  /// A function sampled on a grid.
  public init(
    grid: GridValues, colors: HeatMapMark.Colors = .sequential, valueRange: ClosedRange<Double>? = nil,
    valueLabel: String = "", xAxis: Axis = "", yAxis: Axis = "", hasEqualUnits: Bool = false, title: String = ""
  ) {
    let mark = HeatMapMark(grid: grid, colors: colors, valueRange: valueRange, valueLabel: valueLabel)
    plot = Plot(title: title, xAxis: xAxis, yAxis: yAxis, hasEqualUnits: hasEqualUnits, marks: [.heatMap(mark)])
  }

  /// A matrix with named rows, from the top down, and columns. Traps unless all rows have as many values as there are
  /// columns.
  public init(
    rows: KeyValuePairs<String, [some PlotNumber]>, columns: [String], colors: HeatMapMark.Colors = .sequential,
    valueLabel: String = "", showsValues: Bool = true, xAxis: Axis = "", yAxis: Axis = "", title: String = ""
  ) {
    for (name, values) in rows {
      requireEqualCounts("HeatMap", "columns", columns.count, "row \"\(name)\"", values.count)
    }
    let grid = GridValues(rows: rows.count, columns: columns.count, values: rows.flatMap { $0.value.plotValues })
    var xAxis = xAxis
    var yAxis = yAxis
    xAxis.categories = columns
    yAxis.categories = rows.map(\.key).reversed()
    let mark = HeatMapMark(grid: grid, colors: colors, valueLabel: valueLabel, showsValues: showsValues)
    plot = Plot(title: title, xAxis: xAxis, yAxis: yAxis, marks: [.heatMap(mark)])
  }
}
