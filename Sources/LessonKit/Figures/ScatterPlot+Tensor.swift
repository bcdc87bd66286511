public import Figures
public import TensorCore

extension ScatterPlot {
  /// Points in the plane from a tensor [n, 2]; traps on another shape.
  public init(
    _ points: Tensor, xAxis: Axis = "", yAxis: Axis = "", hasEqualUnits: Bool = true, title: String = ""
  ) {
    let (x, y) = coordinates(of: points)
    self.init(x: x, y: y, xAxis: xAxis, yAxis: yAxis, hasEqualUnits: hasEqualUnits, title: title)
  }

  /// Points in the plane from a tensor [n, 2], coloured by category, an index into `names`. Traps on another shape, on
  /// unequal counts and on a category without a name.
  public init(
    _ points: Tensor, category: [Int], names: [String], xAxis: Axis = "", yAxis: Axis = "",
    hasEqualUnits: Bool = true, title: String = ""
  ) {
    let (x, y) = coordinates(of: points)
    self.init(
      x: x, y: y, category: category, names: names, xAxis: xAxis, yAxis: yAxis, hasEqualUnits: hasEqualUnits,
      title: title)
  }
}

/// The columns of a tensor [n, 2].
private func coordinates(of points: Tensor) -> (x: [Float], y: [Float]) {
  guard points.rank == 2, points.shape[1] == 2 else {
    trap("ScatterPlot", "points in the plane have the shape [n, 2], not \(points.shape)")
  }
  let scalars = points.scalars
  return (
    stride(from: 0, to: scalars.count, by: 2).map { scalars[$0] },
    stride(from: 1, to: scalars.count, by: 2).map { scalars[$0] }
  )
}
