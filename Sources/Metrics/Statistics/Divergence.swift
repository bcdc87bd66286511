internal import TensorCore

/// KL(p || q) = sum_k p_k log(p_k / q_k) in nats, with 0 log 0 = 0; infinite when some q_k is 0 where p_k is not.
///
/// - Parameters:
///   - p: probabilities, or counts: they are divided by their sum.
///   - q: the same number of them.
///
/// Traps when the counts differ or are 0, when a value is negative or not finite, and when all are 0.
public func klDivergence(_ p: [Double], _ q: [Double]) -> Double {
  guard p.count == q.count, !p.isEmpty else {
    trap("klDivergence", "p and q: must have the same number of values and at least one, not \(p.count) and \(q.count)")
  }
  let (pSum, qSum) = (sum(p, "p"), sum(q, "q"))
  var divergence = 0.0
  for (a, b) in zip(p, q) where a > 0 {
    if b == 0 { return .infinity }
    divergence += a / pSum * log((a / pSum) / (b / qSum))
  }
  return max(0, divergence)
}

private func sum(_ values: [Double], _ name: String) -> Double {
  var sum = 0.0
  for (index, value) in values.enumerated() {
    guard value >= 0, value.isFinite else {
      trap("klDivergence", "\(name): value \(index) is \(value); all must be finite and 0 or more")
    }
    sum += value
  }
  guard sum > 0, sum.isFinite else { trap("klDivergence", "\(name): the sum must be above 0 and finite, not \(sum)") }
  return sum
}
