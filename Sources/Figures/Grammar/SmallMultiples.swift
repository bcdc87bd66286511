/// Plots side by side that are meant to be compared.
public struct SmallMultiples: Equatable, Sendable {
  public var title: String
  /// Each plot's title heads its panel.
  public var plots: [Plot]
  /// How many stand in a row where the page is wide enough.
  public var columns: Int
  /// Whether all panels show the same range of x, and of y.
  public var sharesX: Bool
  public var sharesY: Bool

  /// Nil columns: as many as there are plots, at most four. Traps unless `columns` is at least 1.
  public init(
    _ plots: [Plot], title: String = "", columns: Int? = nil, sharesX: Bool = true, sharesY: Bool = true
  ) {
    let columns = columns ?? max(1, min(4, plots.count))
    guard columns >= 1 else { trap("SmallMultiples: \(columns) columns") }
    self.title = title
    self.plots = plots
    self.columns = columns
    self.sharesX = sharesX
    self.sharesY = sharesY
  }
}
