/// The mean of several runs as a line with their spread as a band around it.
public struct MeanBandChart: FigureConvertible, Equatable, Sendable {
  public var plot: Plot
  public var figure: Figure { .plot(plot) }

  /// For each name several runs over the same positions: the line is their mean, the band one sample standard
  /// deviation to each side (none for a single run). Traps unless each run has the count of `x`.
  public init(
    x: [some PlotNumber], runs: KeyValuePairs<String, [[some PlotNumber]]>, xAxis: Axis = "", yAxis: Axis = "",
    title: String = ""
  ) {
    var marks: [Mark] = []
    for (name, runs) in runs {
      for run in runs { requireEqualCounts("MeanBandChart \"\(name)\"", "x", x.count, "a run", run.count) }
      let values = runs.map(\.plotValues)
      let count = Double(values.count)
      let mean = x.indices.map { index in values.reduce(0) { $0 + $1[index] } / count }
      if values.count > 1 {
        let spread = x.indices.map { index in
          (values.reduce(0) { $0 + ($1[index] - mean[index]) * ($1[index] - mean[index]) } / (count - 1)).squareRoot()
        }
        marks.append(.band(BandMark(name, x: x, low: zip(mean, spread).map(-), high: zip(mean, spread).map(+))))
      }
      marks.append(.line(LineMark(name, x: x, y: mean)))
    }
    plot = Plot(title: title, xAxis: xAxis, yAxis: yAxis, marks: marks)
  }
}
