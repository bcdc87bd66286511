package import Figures

/// The numbers of a figure as CSV (RFC 4180, lines ended by CR LF, a header first), so that a reader can draw it anew.
///
/// Plots are listed in long form: a row for each point with the series that it belongs to. Numbers are written so that
/// reading them gives the same value; a missing value is an empty field.
package enum CSVRenderer {
  package static func csv(_ figure: Figure) -> String {
    let rows =
      switch figure {
      case .plot(let plot): PlotListing([plot], panels: nil).rows
      case .smallMultiples(let multiples):
        PlotListing(multiples.plots, panels: multiples.plots.enumerated().map { panel($0, title: $1.title) }).rows
      case .images(let grid): rows(of: grid)
      case .table(let table): [table.columns] + table.rows.map { $0.map(field) }
      case .frames(let frames): rows(of: frames)
      }
    return rows.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func panel(_ index: Int, title: String) -> String { title.isEmpty ? "\(index + 1)" : title }

  private static func rows(of frames: Frames) -> [[String]] {
    let plots = frames.pictures.compactMap { if case .plot(let plot) = $0 { plot } else { nil } }
    guard plots.count != frames.pictures.count else { return PlotListing(plots, panels: frames.labels).rows }
    let listed = zip(frames.pictures, frames.labels).map { picture, label -> [[String]] in
      guard case .images(let grid) = picture else { return [] }
      return rows(of: grid).dropFirst().map { [label] + $0 }
    }
    return [["frame", "row", "column", "pixels"]] + listed.joined()
  }

  /// A picture a row, its values separated by spaces in the order of the file: row by row, channels last.
  private static func rows(of grid: ImageGrid) -> [[String]] {
    let size = grid.height * grid.width * grid.channels
    let step = (grid.valueRange.upperBound - grid.valueRange.lowerBound) / 255
    let texts = (0...255).map { number(grid.valueRange.lowerBound + Double($0) * step, decimals: 6) }
    let pictures = (0..<grid.count).map { index -> [String] in
      let (row, column) = (index / grid.columns, index % grid.columns)
      return [
        grid.rowLabels.indices.contains(row) ? grid.rowLabels[row] : "\(row + 1)",
        grid.columnLabels.indices.contains(column) ? grid.columnLabels[column] : "\(column + 1)",
        grid.pixels[index * size..<(index + 1) * size].map { texts[Int($0)] }.joined(separator: " "),
      ]
    }
    return [["row", "column", "pixels"]] + pictures
  }

  private static func field(_ value: Table.Value) -> String {
    switch value {
    case .text(let text): text
    case .quantity(let number, let decimals): number.isFinite ? DecimalText.fixed(number, decimals: decimals) : ""
    }
  }

  /// The shortest text that reads back as the same number.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func number(_ value: Double, decimals: Int) -> String {
    DecimalText.trimmed(value, decimals: decimals)
  }

  /// A field that starts like a formula stays what it is: quoting is all that RFC 4180 knows.
  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
