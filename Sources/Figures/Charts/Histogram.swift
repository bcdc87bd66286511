/// How often values fall into bins of equal width.
public struct Histogram: FigureConvertible, Equatable, Sendable {
  public var plot: Plot
  public var figure: Figure { .plot(plot) }

  /// One set of values; see ``HistogramMark/init(_:of:bins:range:density:)``.
  public init(
    _ values: [some PlotNumber], bins: Int = 40, range: ClosedRange<Double>? = nil, density: Bool = false,
    xAxis: Axis = "", yAxis: Axis? = nil, title: String = ""
  ) {
    plot = Plot(
      title: title, xAxis: xAxis, yAxis: yAxis ?? Axis(density ? "density" : "count"),
      marks: [.histogram(HistogramMark(of: values, bins: bins, range: range, density: density))])
  }

  /// Several sets over the same bins, as densities so that sets of different size compare.
  public init(
    _ sets: KeyValuePairs<String, [some PlotNumber]>, bins: Int = 40, range: ClosedRange<Double>? = nil,
    xAxis: Axis = "", yAxis: Axis = "density", title: String = ""
  ) {
    let all = sets.flatMap { $0.value.plotValues }
    let shared = HistogramMark(of: all, bins: bins, range: range)
    let domain = range ?? shared.edges[0]...shared.edges[bins]
    plot = Plot(
      title: title, xAxis: xAxis, yAxis: yAxis,
      marks: sets.map { .histogram(HistogramMark($0.key, of: $0.value, bins: bins, range: domain, density: true)) })
  }
}
