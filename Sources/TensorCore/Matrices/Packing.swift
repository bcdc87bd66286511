internal import CKernels

/// Writes the transpose of a `rows` x `columns` block. Source rows are `sourceRow` apart, destination rows `destinationRow`.
///
/// Whole 16 x 16 blocks are transposed in registers, in four steps of sixteen shuffles.
func transposeBlock(
  _ source: UnsafePointer<Float>, sourceRow: Int, rows: Int, columns: Int,
  into destination: UnsafeMutablePointer<Float>, destinationRow: Int
) {
  var top = 0
  while top < rows {
    let height = Swift.min(16, rows - top)
    var left = 0
    while left < columns {
      let width = Swift.min(16, columns - left)
      let from = source + top * sourceRow + left
      let to = destination + left * destinationRow + top
      if height == 16 && width == 16 {
        transpose16(from, sourceRow, to, destinationRow)
      } else {
        for column in 0..<width {
          for row in 0..<height { to[column * destinationRow + row] = from[row * sourceRow + column] }
        }
      }
      left += 16
    }
    top += 16
  }
}

@inline(__always)
private func transpose16(
  _ s: UnsafePointer<Float>, _ n: Int, _ d: UnsafeMutablePointer<Float>, _ m: Int
) {
  // After the step with runs of 1, 2, 4, 8 lanes, blocks of 2, 4, 8, 16 lanes are transposed in themselves.
  var rows = (
    Vector(at: s), Vector(at: s + n), Vector(at: s + 2 * n), Vector(at: s + 3 * n),
    Vector(at: s + 4 * n), Vector(at: s + 5 * n), Vector(at: s + 6 * n), Vector(at: s + 7 * n),
    Vector(at: s + 8 * n), Vector(at: s + 9 * n), Vector(at: s + 10 * n), Vector(at: s + 11 * n),
    Vector(at: s + 12 * n), Vector(at: s + 13 * n), Vector(at: s + 14 * n), Vector(at: s + 15 * n)
  )
  rows = (
    wt_low1(rows.0, rows.1), wt_high1(rows.0, rows.1), wt_low1(rows.2, rows.3), wt_high1(rows.2, rows.3),
    wt_low1(rows.4, rows.5), wt_high1(rows.4, rows.5), wt_low1(rows.6, rows.7), wt_high1(rows.6, rows.7),
    wt_low1(rows.8, rows.9), wt_high1(rows.8, rows.9), wt_low1(rows.10, rows.11), wt_high1(rows.10, rows.11),
    wt_low1(rows.12, rows.13), wt_high1(rows.12, rows.13), wt_low1(rows.14, rows.15), wt_high1(rows.14, rows.15)
  )
  rows = (
    wt_low2(rows.0, rows.2), wt_low2(rows.1, rows.3), wt_high2(rows.0, rows.2), wt_high2(rows.1, rows.3),
    wt_low2(rows.4, rows.6), wt_low2(rows.5, rows.7), wt_high2(rows.4, rows.6), wt_high2(rows.5, rows.7),
    wt_low2(rows.8, rows.10), wt_low2(rows.9, rows.11), wt_high2(rows.8, rows.10), wt_high2(rows.9, rows.11),
    wt_low2(rows.12, rows.14), wt_low2(rows.13, rows.15), wt_high2(rows.12, rows.14), wt_high2(rows.13, rows.15)
  )
  rows = (
    wt_low4(rows.0, rows.4), wt_low4(rows.1, rows.5), wt_low4(rows.2, rows.6), wt_low4(rows.3, rows.7),
    wt_high4(rows.0, rows.4), wt_high4(rows.1, rows.5), wt_high4(rows.2, rows.6), wt_high4(rows.3, rows.7),
    wt_low4(rows.8, rows.12), wt_low4(rows.9, rows.13), wt_low4(rows.10, rows.14), wt_low4(rows.11, rows.15),
    wt_high4(rows.8, rows.12), wt_high4(rows.9, rows.13), wt_high4(rows.10, rows.14), wt_high4(rows.11, rows.15)
  )
  wt_low8(rows.0, rows.8).store(at: d)
  wt_low8(rows.1, rows.9).store(at: d + m)
  wt_low8(rows.2, rows.10).store(at: d + 2 * m)
  wt_low8(rows.3, rows.11).store(at: d + 3 * m)
  wt_low8(rows.4, rows.12).store(at: d + 4 * m)
  wt_low8(rows.5, rows.13).store(at: d + 5 * m)
  wt_low8(rows.6, rows.14).store(at: d + 6 * m)
  wt_low8(rows.7, rows.15).store(at: d + 7 * m)
  wt_high8(rows.0, rows.8).store(at: d + 8 * m)
  wt_high8(rows.1, rows.9).store(at: d + 9 * m)
  wt_high8(rows.2, rows.10).store(at: d + 10 * m)
  wt_high8(rows.3, rows.11).store(at: d + 11 * m)
  wt_high8(rows.4, rows.12).store(at: d + 12 * m)
  wt_high8(rows.5, rows.13).store(at: d + 13 * m)
  wt_high8(rows.6, rows.14).store(at: d + 14 * m)
  wt_high8(rows.7, rows.15).store(at: d + 15 * m)
}
