/// A dot for each pair of values, in one colour or one for each category.
public struct PointMark: Equatable, Sendable {
  /// The name in the legend when there are no categories.
  public var name: String
  public var x: [Double]
  public var y: [Double]
  /// For each point an index into `categoryNames`; empty when all points are alike.
  public var categories: [Int]
  public var categoryNames: [String]

  /// Traps unless `x`, `y` and `categories` (unless empty) have one count, and unless every category has a name.
  public init(
    _ name: String = "", x: [some PlotNumber], y: [some PlotNumber], categories: [Int] = [],
    categoryNames: [String] = []
  ) {
    requireEqualCounts("PointMark \"\(name)\"", "x", x.count, "y", y.count)
    if !categories.isEmpty {
      requireEqualCounts("PointMark \"\(name)\"", "x", x.count, "categories", categories.count)
    }
    if let stray = categories.first(where: { !categoryNames.indices.contains($0) }) {
      trap("PointMark \"\(name)\": category \(stray) is not one of the \(categoryNames.count) categories named")
    }
    self.name = name
    self.x = x.plotValues
    self.y = y.plotValues
    self.categories = categories
    self.categoryNames = categoryNames
  }
}
