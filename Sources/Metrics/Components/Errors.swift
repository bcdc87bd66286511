public import TensorCore

/// The mean over all numbers of (a - b)^2, accumulated in Double. Traps when the shapes differ.
public func meanSquaredError(of predictions: Tensor, to targets: Tensor) -> Double {
  meanOverPairs(predictions, targets, "meanSquaredError") { difference in difference * difference }
}

/// The mean over all numbers of |a - b|, accumulated in Double. Traps when the shapes differ.
public func meanAbsoluteError(of predictions: Tensor, to targets: Tensor) -> Double {
  meanOverPairs(predictions, targets, "meanAbsoluteError") { difference in difference.magnitude }
}

@inline(__always)
private func meanOverPairs(_ a: Tensor, _ b: Tensor, _ operation: String, _ measure: (Double) -> Double) -> Double {
  guard a.shape == b.shape, a.count > 0 else {
    trap(operation, "the shapes must be equal and not empty, but are \(a.shape) and \(b.shape)")
  }
  // Eight partial sums hide the latency of the addition; they are fixed, so the result does not depend on the machine.
  var sums = SIMD8<Double>.zero
  a.withUnsafeScalars { a in
    b.withUnsafeScalars { b in
      for index in a.indices { sums[index & 7] += measure(Double(a[index]) - Double(b[index])) }
    }
  }
  let quarters = sums.lowHalf + sums.highHalf
  let halves = quarters.lowHalf + quarters.highHalf
  return (halves.x + halves.y) / Double(a.count)
}
