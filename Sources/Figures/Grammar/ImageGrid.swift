/// Small pictures in rows and columns.
public struct ImageGrid: Equatable, Sendable {
  public var title: String
  /// The size of each picture in pixels.
  public var height: Int
  public var width: Int
  /// 1 for grey, 3 for red, green, blue.
  public var channels: Int
  /// How many pictures stand in a row; the last row may hold fewer.
  public var columns: Int
  /// All pictures one after the other, each row by row from the top, channels last (NHWC): a byte a value.
  public var pixels: [UInt8]
  /// The values that the bytes 0 and 255 stand for.
  public var valueRange: ClosedRange<Double>
  /// Empty, or one for each row.
  public var rowLabels: [String]
  /// Empty, or one for each column.
  public var columnLabels: [String]

  /// How many pictures there are.
  public var count: Int {
    let size = height * width * channels
    return size == 0 ? 0 : pixels.count / size
  }

  public var rows: Int { (count + columns - 1) / columns }

  /// Pictures from values, `valueRange` being black to white; values outside are cut off, missing values are black.
  ///
  /// Traps unless the count of `pixels` is a multiple of `height * width * channels`, `channels` is 1 or 3, and the
  /// labels (unless empty) are as many as rows and columns.
  public init(
    _ pixels: [some PlotNumber], height: Int, width: Int, channels: Int = 1, columns: Int = 10,
    valueRange: ClosedRange<Double> = 0...1, rowLabels: [String] = [], columnLabels: [String] = [], title: String = ""
  ) {
    self.init(
      bytes: Self.bytes(pixels.plotValues, from: valueRange), height: height, width: width, channels: channels,
      columns: columns, valueRange: valueRange, rowLabels: rowLabels, columnLabels: columnLabels, title: title)
  }

  /// Rows of pictures, each with its label: `["input": images, "rebuilt": outputs]`. Traps as above, and unless all
  /// rows have the same count of values.
  public init(
    rows: KeyValuePairs<String, [some PlotNumber]>, height: Int, width: Int, channels: Int = 1,
    valueRange: ClosedRange<Double> = 0...1, columnLabels: [String] = [], title: String = ""
  ) {
    let first = rows.first?.value.count ?? 0
    for (label, values) in rows {
      requireEqualCounts("ImageGrid", "the first row", first, "row \"\(label)\"", values.count)
    }
    let size = max(1, height * width * channels)
    guard first.isMultiple(of: size) else {
      trap("ImageGrid: \(first) values a row are no whole number of \(height)x\(width)x\(channels) pictures")
    }
    self.init(
      rows.flatMap(\.value), height: height, width: width, channels: channels, columns: max(1, first / size),
      valueRange: valueRange, rowLabels: rows.map(\.key), columnLabels: columnLabels, title: title)
  }

  /// Pictures from bytes; traps like the others.
  public init(
    bytes: [UInt8], height: Int, width: Int, channels: Int = 1, columns: Int = 10,
    valueRange: ClosedRange<Double> = 0...255, rowLabels: [String] = [], columnLabels: [String] = [],
    title: String = ""
  ) {
    self.title = title
    self.height = height
    self.width = width
    self.channels = channels
    self.columns = columns
    self.pixels = bytes
    self.valueRange = valueRange
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
    if let problem { trap("ImageGrid: \(problem)") }
  }

  /// What is wrong with the sizes and counts, if anything is.
  var problem: String? {
    let sides = 1...16_384
    guard sides.contains(height), sides.contains(width), [1, 3].contains(channels), sides.contains(columns) else {
      return "\(columns) columns of \(height)x\(width)x\(channels) pictures"
    }
    guard pixels.count.isMultiple(of: height * width * channels) else {
      return "\(pixels.count) values are no whole number of \(height)x\(width)x\(channels) pictures"
    }
    guard valueRange.lowerBound < valueRange.upperBound, abs(valueRange.upperBound - valueRange.lowerBound) <= 1e100
    else { return "the value range \(valueRange) has no width" }
    guard rowLabels.isEmpty || rowLabels.count == rows else { return "\(rows) rows, but \(rowLabels.count) labels" }
    guard columnLabels.isEmpty || columnLabels.count == columns else {
      return "\(columns) columns, but \(columnLabels.count) labels"
    }
    return nil
  }

  private static func bytes(_ values: [Double], from range: ClosedRange<Double>) -> [UInt8] {
    let scale = 255 / (range.upperBound - range.lowerBound)
    return values.map { value in
      let level = ((value - range.lowerBound) * scale).rounded()
      return level >= 255 ? 255 : level > 0 ? UInt8(level) : 0
    }
  }
}
