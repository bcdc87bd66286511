/// Writes the transpose of a `rows` x `columns` matrix.
func transpose(_ source: UnsafePointer<Float>, rows: Int, columns: Int, into destination: UnsafeMutablePointer<Float>) {
  // Bands of 16 source rows; each writes whole cache lines of the destination.
  let bands = (rows + 15) / 16
  func band(_ index: Int) {
    let top = index * 16
    transposeBlock(
      source + top * columns, sourceRow: columns, rows: Swift.min(16, rows - top), columns: columns,
      into: destination + top, destinationRow: rows)
  }
  if rows * columns >= 2 * Tensor.parallelGrain {
    parallelFor(bands, band)
  } else {
    for index in 0..<bands { band(index) }
  }
}
