/// Rows and columns of text and numbers.
public struct Table: Equatable, Sendable {
  public enum Value: Equatable, Sendable {
    case text(String)
    /// Written with that many decimals.
    case quantity(Double, decimals: Int)
  }

  public var title: String
  public var columns: [String]
  public var rows: [[Value]]

  /// Traps unless every row has as many values as there are columns.
  public init(columns: [String], rows: [[Value]], title: String = "") {
    for (index, row) in rows.enumerated() {
      requireEqualCounts("Table", "columns", columns.count, "row \(index)", row.count)
    }
    self.title = title
    self.columns = columns
    self.rows = rows
  }
}

extension Table.Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  public init(stringLiteral value: String) { self = .text(value) }
  public init(integerLiteral value: Int) { self = .quantity(Double(value), decimals: 0) }
  public init(floatLiteral value: Double) { self = .quantity(value, decimals: 3) }

  /// A number with `decimals` decimals, at most 15.
  public static func number(_ value: some PlotNumber, decimals: Int = 3) -> Table.Value {
    .quantity(value.plotValue, decimals: max(0, min(15, decimals)))
  }
}
