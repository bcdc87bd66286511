/// Writes the transpose of a `rows` x `columns` matrix. Walks in 16 x 16 blocks so that both sides stay in cache.
func transpose(_ source: UnsafePointer<Float>, rows: Int, columns: Int, into destination: UnsafeMutablePointer<Float>) {
  let block = 16
  var top = 0
  while top < rows {
    let bottom = Swift.min(top + block, rows)
    var left = 0
    while left < columns {
      let right = Swift.min(left + block, columns)
      for column in left..<right {
        for row in top..<bottom { destination[column * rows + row] = source[row * columns + column] }
      }
      left = right
    }
    top = bottom
  }
}
