public import TensorCore

/// A network that writes rows as short codes and codes as rows again.
public protocol CodedModel: Encoder {
  /// The codes of rows: `[n, width]` to `[n, featureWidth]`. Works in blocks, so that n may be large.
  func encode(_ rows: Tensor) -> Tensor

  /// The rows that codes stand for: `[n, featureWidth]` to `[n, width]`.
  func decode(_ codes: Tensor) -> Tensor
}

extension CodedModel {
  /// The rows rebuilt from their codes: `[n, width]` to the same shape.
  public func reconstruct(_ rows: Tensor) -> Tensor { decode(encode(rows)) }

  /// What lies between two rows in the space of codes: the rows that codes on the straight line from the one's code to
  /// the other's stand for, `[count, width]`, both ends rebuilt as well.
  ///
  /// - Parameters:
  ///   - start: one row, `[width]` or `[1, width]`.
  ///   - end: another.
  ///   - count: of the result, the ends included.
  ///
  /// Traps when there are fewer than two, or an end is not one row.
  public func interpolate(from start: Tensor, to end: Tensor, count: Int) -> Tensor {
    guard count >= 2 else { trap("interpolate", "count: needs at least both ends, 2, not " + String(count)) }
    for (name, row) in [("start", start), ("end", end)] where row.rank == 0 || row.count != row.shape[row.rank - 1] {
      trap("interpolate", name + ": needs one row, [width], not " + describe(row.shape))
    }
    let codes = encode(.concatenated([start.reshaped(to: [1, -1]), end.reshaped(to: [1, -1])], axis: 0))
    let share = Tensor(linearlySpacedFrom: 0, to: 1, count: count).reshaped(to: [count, 1])
    return decode(codes.rows(0..<1) * (1 - share) + codes.rows(1..<2) * share)
  }
}

/// Traps, naming the argument, unless `rows` is `[n, width]`.
func requireRows(_ rows: [Int], _ name: String, width: Int, _ operation: String) {
  guard rows.count == 2, rows[1] == width else {
    trap(
      operation,
      name + ": this model takes rows of " + String(width) + " numbers, [n, " + String(width) + "], not "
        + describe(rows))
  }
}
