/// Points in the plane, coloured by category where one is given.
public struct ScatterPlot: FigureConvertible, Equatable, Sendable {
  public var plot: Plot
  public var figure: Figure { .plot(plot) }

  /// Points with a category each, an index into `names`. Traps on unequal counts and on a category without a name.
  public init(
    x: [some PlotNumber], y: [some PlotNumber], category: [some BinaryInteger], names: [String], xAxis: Axis = "",
    yAxis: Axis = "", hasEqualUnits: Bool = false, title: String = ""
  ) {
    let points = PointMark(x: x, y: y, categories: category.map { Int($0) }, categoryNames: names)
    plot = Plot(
      title: title, xAxis: xAxis, yAxis: yAxis, hasEqualUnits: hasEqualUnits, marks: [.points(points)])
  }

  /// Points of one kind. Traps on unequal counts.
  public init(
    x: [some PlotNumber], y: [some PlotNumber], xAxis: Axis = "", yAxis: Axis = "", hasEqualUnits: Bool = false,
    title: String = ""
  ) {
    plot = Plot(
      title: title, xAxis: xAxis, yAxis: yAxis, hasEqualUnits: hasEqualUnits, marks: [.points(PointMark(x: x, y: y))])
  }
}
