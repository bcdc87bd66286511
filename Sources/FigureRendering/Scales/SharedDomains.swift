internal import Figures

/// The ranges that several plots have in common when they are to be compared: round ends that hold all their data.
struct SharedDomains {
  /// Nil where an axis has names, or where the plots' scales differ.
  private let x: ClosedRange<Double>?
  private let y: ClosedRange<Double>?

  init(_ plots: [Plot], x sharesX: Bool = true, y sharesY: Bool = true) {
    guard let first = plots.first else {
      (x, y) = (nil, nil)
      return
    }
    var all = first
    all.marks = plots.flatMap(\.marks)
    let extent = PlotExtent(all)
    x =
      sharesX && plots.allSatisfy({ Self.canShare($0.xAxis, first.xAxis) })
      ? Self.domain(all.xAxis, extent.x, extent.xCoverage, isWhole: extent.xIsWhole) : nil
    y =
      sharesY && plots.allSatisfy({ Self.canShare($0.yAxis, first.yAxis) })
      ? Self.domain(all.yAxis, extent.y, extent.yCoverage, isWhole: extent.yIsWhole) : nil
  }

  func applied(to plot: Plot) -> Plot {
    var plot = plot
    plot.xAxis.domain = x ?? plot.xAxis.domain
    plot.yAxis.domain = y ?? plot.yAxis.domain
    return plot
  }

  private static func canShare(_ axis: Axis, _ first: Axis) -> Bool {
    axis.domain == nil && axis.categories.isEmpty && axis.scale == first.scale
  }

  private static func domain(
    _ axis: Axis, _ extent: ClosedRange<Double>?, _ coverage: TickSearch.Coverage, isWhole: Bool
  ) -> ClosedRange<Double>? {
    let scale = PositionScale(axis: axis, extent: extent, coverage: coverage, isWhole: isWhole, target: 4) {
      _, spacing in spacing > 0.1
    }
    return scale.low < scale.high ? scale.low...scale.high : nil
  }
}
