/// Smoothed densities of sets of values, over each other.
public struct DensityPlot: FigureConvertible, Equatable, Sendable {
  public var plot: Plot
  public var figure: Figure { .plot(plot) }

  /// One curve a set; see ``LineMark/init(_:densityOf:bandwidth:range:isFilled:)``.
  public init(
    _ sets: KeyValuePairs<String, [some PlotNumber]>, bandwidth: Double? = nil, range: ClosedRange<Double>? = nil,
    xAxis: Axis = "", yAxis: Axis = "density", title: String = ""
  ) {
    let lines = sets.map { LineMark($0.key, densityOf: $0.value, bandwidth: bandwidth, range: range) }
    plot = Plot(title: title, xAxis: xAxis, yAxis: yAxis, marks: lines.map { .line($0) })
  }
}
