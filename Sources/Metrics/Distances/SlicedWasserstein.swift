public import TensorCore

/// The sliced 2-Wasserstein distance of two sets of points: (1/L sum_l W_2^2(a u_l, b u_l))^1/2 over random directions
/// u_l of length 1 (Rabin et al. 2011; Bonneel et al. 2015).
///
/// On a line W_2^2 is exact: the integral over p of the squared difference of the two quantile functions. For
/// N(m, I) and N(0, I) in d dimensions the squared distance is |m|^2 / d.
///
/// - Parameters:
///   - a: `[n, d]`.
///   - b: `[m, d]`; m need not be n.
///   - projections: L.
///   - random: where the directions come from.
///
/// Traps when a set is empty, the widths differ, `projections` is below 1, and on NaN or infinity.
public func slicedWasserstein(
  _ a: Tensor, _ b: Tensor, projections: Int = 128, using random: inout RandomGenerator
) -> Double {
  guard projections >= 1 else {
    trap("slicedWasserstein", "projections: needs at least 1, not \(projections); 50 to 500 are common")
  }
  requireRows(a, "a", "slicedWasserstein")
  return slicedWasserstein(a, b, directions: random.normal(shape: [projections, a.shape[1]]))
}

/// The same over given directions, `[L, d]`, whose lengths do not matter.
///
/// Traps when a set is empty, a width differs, a direction is 0, and on NaN or infinity.
public func slicedWasserstein(_ a: Tensor, _ b: Tensor, directions: Tensor) -> Double {
  requireRows(a, "a", "slicedWasserstein")
  requireRows(b, "b", "slicedWasserstein")
  requireRows(directions, "directions", "slicedWasserstein")
  requireSameWidth(a, b, ("a", "b"), "slicedWasserstein")
  requireSameWidth(a, directions, ("a", "directions"), "slicedWasserstein")
  let lengths = squaredNorms(of: directions).map { Float($0.squareRoot()) }
  if let place = lengths.firstIndex(where: { !($0 > 0) }) {
    trap("slicedWasserstein", "directions: row \(place) is 0 and points nowhere")
  }
  let unit = directions / Tensor(lengths, shape: [lengths.count, 1])
  var total = 0.0
  for row in 0..<lengths.count {
    let direction = unit.rows(row..<row + 1)
    let (x, y) = (matmul(direction, a, transposeB: true).scalars, matmul(direction, b, transposeB: true).scalars)
    total += squaredWasserstein(sorted: x.sorted().map { Double($0) }, y.sorted().map { Double($0) })
  }
  return (total / Double(lengths.count)).squareRoot()
}

/// The 2-Wasserstein distance of two sets of numbers, exactly. Traps when one is empty or holds NaN or infinity.
public func wasserstein(_ a: [Float], _ b: [Float]) -> Double {
  for (name, values) in [("a", a), ("b", b)] {
    guard !values.isEmpty, values.allSatisfy(\.isFinite) else {
      trap("wasserstein", "\(name): needs at least one number, and all must be finite")
    }
  }
  return squaredWasserstein(sorted: a.sorted().map { Double($0) }, b.sorted().map { Double($0) }).squareRoot()
}

/// W_2^2 of two sorted sets: the quantile functions are constant between the multiples of 1/n and 1/m.
func squaredWasserstein(sorted a: [Double], _ b: [Double]) -> Double {
  let (n, m) = (a.count, b.count)
  var (i, j, place) = (0, 0, 0)
  var sum = 0.0
  // Places are counted in steps of 1/(n m), so that no boundary is missed by rounding.
  while i < n && j < m {
    let next = min((i + 1) * m, (j + 1) * n)
    let difference = a[i] - b[j]
    sum += Double(next - place) * difference * difference
    if (i + 1) * m == next { i += 1 }
    if (j + 1) * n == next { j += 1 }
    place = next
  }
  return sum / (Double(n) * Double(m))
}
