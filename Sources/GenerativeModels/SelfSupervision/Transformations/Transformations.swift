public import Autodiff
public import TensorCore

/// A finite set of transformations T_0, ..., T_(K-1) of rows, with T_0 the identity. Which of them was applied is a
/// label that costs nothing: what it takes to name it is what self-supervision teaches.
public protocol Transformations {
  /// K.
  var count: Int { get }

  /// T_k of every row: `[n, ...]` to the same shape. Traps when there is no T_k.
  func callAsFunction(_ x: Variable, _ k: Int) -> Variable
}

/// Which rows meet which transformations in one step.
public enum TransformationUse: Sendable, Hashable {
  /// Every row meets every transformation: K rows for one, and the expectation over k is exact.
  case every
  /// Every row meets one: the batch is cut into K parts of one size, part k meets T_k, and rows that are left over meet
  /// T_0. The expectation is the same, at a K-th of the cost and with more noise.
  case oneEach
}

/// Transformed rows and what was done to them.
public struct TransformedRows {
  public var rows: Variable
  /// k, for each row.
  public var labels: [Int]
}

extension Transformations {
  /// T_k of data.
  public func callAsFunction(_ x: Tensor, _ k: Int) -> Tensor { self(Variable(constant: x), k).value }

  /// The rows transformed, with their labels. The first `x.shape[0]` of ``TransformationUse/every`` are the rows
  /// themselves.
  public func applied(to x: Variable, use: TransformationUse = .every) -> TransformedRows {
    let rows = x.shape[0]
    var parts: [Variable] = []
    var labels: [Int] = []
    switch use {
    case .every:
      for k in 0..<count {
        parts.append(k == 0 ? x : self(x, k))
        labels += [Int](repeating: k, count: rows)
      }
    case .oneEach:
      let size = rows / count
      // T_0 also takes what is left over.
      let first = rows - size * (count - 1)
      parts.append(x.rows(0..<first))
      labels = [Int](repeating: 0, count: first)
      for k in 1..<max(count, 1) where size > 0 {
        let start = first + (k - 1) * size
        parts.append(self(x.rows(start..<start + size), k))
        labels += [Int](repeating: k, count: size)
      }
    }
    return TransformedRows(rows: .concatenated(parts, axis: 0), labels: labels)
  }

  /// The same for data.
  public func applied(to x: Tensor, use: TransformationUse = .every) -> (rows: Tensor, labels: [Int]) {
    let transformed = applied(to: Variable(constant: x), use: use)
    return (transformed.rows.value, transformed.labels)
  }

  func check(_ k: Int, _ operation: String) {
    guard (0..<count).contains(k) else {
      trap(operation, "there is no transformation " + String(k) + "; they are 0..<" + String(count))
    }
  }
}
