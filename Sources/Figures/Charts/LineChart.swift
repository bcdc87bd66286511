/// Named series as lines: `LineChart(x: steps, y: ["train": a, "test": b], xAxis: "step", yAxis: .log("loss"))`.
public struct LineChart: FigureConvertible, Equatable, Sendable {
  public var plot: Plot
  public var figure: Figure { .plot(plot) }

  /// Series over shared positions. Traps unless each has the count of `x`.
  public init(
    x: [some PlotNumber], y: KeyValuePairs<String, [some PlotNumber]>, xAxis: Axis = "", yAxis: Axis = "",
    title: String = ""
  ) {
    self.init(y.map { LineMark($0.key, x: x, y: $0.value) }, xAxis: xAxis, yAxis: yAxis, title: title)
  }

  /// Series over 0, 1, 2, …; they need not be equally long.
  public init(
    _ y: KeyValuePairs<String, [some PlotNumber]>, xAxis: Axis = "", yAxis: Axis = "", title: String = ""
  ) {
    self.init(
      y.map { LineMark($0.key, x: Array($0.value.indices), y: $0.value) }, xAxis: xAxis, yAxis: yAxis, title: title)
  }

  /// One series without a name.
  public init(
    x: [some PlotNumber], y: [some PlotNumber], xAxis: Axis = "", yAxis: Axis = "", title: String = ""
  ) {
    self.init([LineMark(x: x, y: y)], xAxis: xAxis, yAxis: yAxis, title: title)
  }

  /// Lines that were made one by one.
  public init(_ lines: [LineMark], xAxis: Axis = "", yAxis: Axis = "", title: String = "") {
    plot = Plot(title: title, xAxis: xAxis, yAxis: yAxis, marks: lines.map { .line($0) })
  }
}
