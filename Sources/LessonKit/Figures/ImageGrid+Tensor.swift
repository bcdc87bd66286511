public import Figures
public import TensorCore

extension ImageGrid {
  /// Pictures from a tensor, `columns` a row.
  ///
  ///     show(ImageGrid(samples, columns: 8))
  ///
  /// - Parameter images: [n, height, width] or [n, height, width, channels] with 1 or 3 channels, or [n, pixels] where
  ///   the pixels make a grey square (784 is 28 × 28).
  ///
  /// Traps on any other shape.
  public init(
    _ images: Tensor, columns: Int = 10, valueRange: ClosedRange<Double> = 0...1, rowLabels: [String] = [],
    columnLabels: [String] = [], title: String = ""
  ) {
    let size = PictureSize(of: images, for: "ImageGrid")
    self.init(
      images.scalars, height: size.height, width: size.width, channels: size.channels, columns: columns,
      valueRange: valueRange, rowLabels: rowLabels, columnLabels: columnLabels, title: title)
  }

  /// Rows of pictures, each with its label.
  ///
  ///     show(ImageGrid(rows: ["input": images, "rebuilt": model.reconstruct(images)]))
  ///
  /// Traps as above, and unless all rows have the same shape.
  public init(
    rows: KeyValuePairs<String, Tensor>, valueRange: ClosedRange<Double> = 0...1, columnLabels: [String] = [],
    title: String = ""
  ) {
    guard let first = rows.first?.value else { trap("ImageGrid", "there are no rows of pictures") }
    let size = PictureSize(of: first, for: "ImageGrid")
    for (label, images) in rows where images.shape != first.shape {
      trap("ImageGrid", "the first row has the shape \(first.shape), but \"\(label)\" has \(images.shape)")
    }
    self.init(
      rows.flatMap(\.value.scalars), height: size.height, width: size.width, channels: size.channels,
      columns: max(1, first.shape[0]), valueRange: valueRange, rowLabels: rows.map(\.key), columnLabels: columnLabels,
      title: title)
  }
}

/// The size of the pictures in a tensor.
private struct PictureSize {
  var height: Int
  var width: Int
  var channels = 1

  init(of images: Tensor, for operation: String) {
    let shape = images.shape
    let side = shape.count == 2 ? Int(Double(shape[1]).squareRoot()) : 0
    switch shape.count {
    case 2 where side > 0 && side * side == shape[1]: (height, width) = (side, side)
    case 3: (height, width) = (shape[1], shape[2])
    case 4 where shape[3] == 1 || shape[3] == 3: (height, width, channels) = (shape[1], shape[2], shape[3])
    default:
      trap(
        operation,
        "pictures have the shape [n, height, width], [n, height, width, 1 or 3] or [n, side * side], not \(shape)")
    }
  }
}
