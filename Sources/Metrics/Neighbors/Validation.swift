package import TensorCore

/// Traps, naming the argument, unless `rows` is a matrix of finite numbers with at least `minimum` rows.
package func requireRows(_ rows: Tensor, _ name: String, _ operation: String, atLeast minimum: Int = 1) {
  guard rows.rank == 2, rows.shape[1] > 0 else {
    trap(operation, "\(name): needs one point a row, [count, dimension], not \(describe(rows.shape))")
  }
  guard rows.shape[0] >= minimum else {
    trap(operation, "\(name): needs at least \(minimum) row\(minimum == 1 ? "" : "s"), not \(rows.shape[0])")
  }
  let width = rows.shape[1]
  rows.withUnsafeScalars { values in
    for index in values.indices where !values[index].isFinite {
      trap(
        operation,
        "\(name): row \(index / width) holds \(values[index]); remove rows that are not finite first")
    }
  }
}

/// Traps, naming both arguments, unless the rows of the two are of the same width.
package func requireSameWidth(_ a: Tensor, _ b: Tensor, _ names: (String, String), _ operation: String) {
  guard a.shape[1] == b.shape[1] else {
    trap(
      operation,
      "\(names.0) and \(names.1): the rows must be of one width, but the shapes are \(describe(a.shape)) and "
        + describe(b.shape))
  }
}

/// Traps, naming the argument, unless there are `count` labels in `0..<classes`.
package func requireLabels(_ labels: [Int], _ name: String, count: Int, classes: Int, _ operation: String) {
  guard labels.count == count else {
    trap(operation, "\(name): needs one label for each of the \(count) rows, not \(labels.count)")
  }
  for (row, label) in labels.enumerated() where label < 0 || label >= classes {
    trap(operation, "\(name): label \(row) is \(label); labels count from 0 and must be below \(classes)")
  }
}
