/// Data drawn in the plane: marks over two axes.
public struct Plot: Equatable, Sendable {
  public var title: String
  public var xAxis: Axis
  public var yAxis: Axis
  /// Drawn in this order, later ones over earlier ones. Marks of one name share a colour and an entry in the legend.
  public var marks: [Mark]
  /// Whether a unit is as long on the x axis as on the y axis, as samples in the plane want it.
  public var hasEqualUnits: Bool

  public init(
    title: String = "", xAxis: Axis = "", yAxis: Axis = "", hasEqualUnits: Bool = false, marks: [Mark] = []
  ) {
    self.title = title
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.hasEqualUnits = hasEqualUnits
    self.marks = marks
  }

  /// This plot with further marks on top.
  public func adding(_ marks: Mark...) -> Plot {
    var plot = self
    plot.marks += marks
    return plot
  }
}

/// One layer of a plot.
public enum Mark: Equatable, Sendable {
  case line(LineMark)
  case points(PointMark)
  case bars(BarMark)
  case band(BandMark)
  case histogram(HistogramMark)
  case heatMap(HeatMapMark)
  case rule(RuleMark)
  case arrows(ArrowMark)
  case contour(ContourMark)
}
