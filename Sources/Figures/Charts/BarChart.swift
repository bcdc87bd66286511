/// Bars with a name each, from zero.
public struct BarChart: FigureConvertible, Equatable, Sendable {
  public var plot: Plot
  public var figure: Figure { .plot(plot) }

  /// `BarChart(["PCA": 0.021, "autoencoder": 0.013], yAxis: "test error")`
  public init(
    _ bars: KeyValuePairs<String, some PlotNumber>, errors: [Double] = [], xAxis: Axis = "", yAxis: Axis = "",
    title: String = ""
  ) {
    self.init(
      categories: bars.map(\.key), [BarMark(values: bars.map(\.value), errors: errors)], xAxis: xAxis, yAxis: yAxis,
      title: title)
  }

  /// Groups of bars, one group a category and one bar a series. Traps unless each series has a value for each category.
  public init(
    categories: [String], series: KeyValuePairs<String, [some PlotNumber]>, xAxis: Axis = "", yAxis: Axis = "",
    title: String = ""
  ) {
    self.init(
      categories: categories, series.map { BarMark($0.key, values: $0.value) }, xAxis: xAxis, yAxis: yAxis,
      title: title)
  }

  private init(categories: [String], _ bars: [BarMark], xAxis: Axis, yAxis: Axis, title: String) {
    for bar in bars {
      requireEqualCounts(
        "BarChart", "categories", categories.count, "series \"\(bar.name)\"", bar.values.count)
    }
    var xAxis = xAxis
    xAxis.categories = categories
    plot = Plot(title: title, xAxis: xAxis, yAxis: yAxis, marks: bars.map { .bars($0) })
  }
}
