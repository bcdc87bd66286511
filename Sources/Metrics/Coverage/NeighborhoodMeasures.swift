public import TensorCore

/// How much two sets of samples overlap, judged by balls that reach from every point to its k-th neighbour.
///
/// With B_k(x) the open ball around x up to its k-th neighbour in x's own set, x itself not counted:
///
/// - precision: the share of generated points that lie in some B_k(X_i); how much of what is made is plausible;
/// - recall: the share of real points that lie in some B_k(Y_j); how much of what exists can be made
///   (Kynkaanniemi et al. 2019, arXiv 1904.06991);
/// - density: 1/(k M) sum_j sum_i 1[Y_j in B_k(X_i)]; like precision, but a ball in a crowded place counts more than
///   one around an outlier; it may exceed 1;
/// - coverage: the share of real points whose B_k(X_i) holds some Y_j (Naeem et al. 2020, arXiv 2002.09797).
///
/// For N real and M generated points of one distribution the mean density is 1 and the mean coverage is
/// ``expectedCoverage(neighbors:real:generated:)``.
public struct NeighborhoodMeasures: Sendable, Equatable {
  /// The share of generated points near a real one.
  public let precision: Double
  /// The share of real points near a generated one.
  public let recall: Double
  /// The mean number of real balls around a generated point, divided by k.
  public let density: Double
  /// The share of real points with a generated one in their ball.
  public let coverage: Double

  /// - Parameters:
  ///   - generated: Y, `[M, d]`.
  ///   - real: X, `[N, d]`.
  ///   - neighbors: k, below both M and N. The papers use 3 and 5.
  ///
  /// Traps when k is below 1 or not below the size of each set, when the widths differ, and on NaN or infinity.
  /// Takes time and not memory of the order N M.
  public init(of generated: Tensor, against real: Tensor, neighbors: Int = 5) {
    let operation = "NeighborhoodMeasures"
    requireRows(generated, "generated", operation, atLeast: 2)
    requireRows(real, "real", operation, atLeast: 2)
    requireSameWidth(generated, real, ("generated", "real"), operation)
    for (name, set) in [("generated", generated), ("real", real)] {
      guard (1..<set.shape[0]).contains(neighbors) else {
        trap(
          operation,
          "neighbors: the \(set.shape[0]) \(name) points have 1...\(set.shape[0] - 1) neighbours, not \(neighbors); "
            + "take fewer neighbours or more points")
      }
    }
    let realRadii = NearestNeighbors(within: real, count: neighbors).squaredRadii
    let generatedRadii = NearestNeighbors(within: generated, count: neighbors).squaredRadii
    let (realCount, generatedCount) = (real.shape[0], generated.shape[0])

    var ballsAround = [Int](repeating: 0, count: generatedCount)
    var (covered, reached) = (0, 0)
    let blocks = DistanceBlocks(from: real, to: generated)
    blocks.forEachRow { row, distances in
      var (holdsOne, isReached) = (false, false)
      let margin = blocks.margin(row)
      let ball = Ball(squaredRadius: realRadii[row], margin: margin)
      for column in 0..<generatedCount {
        if ball.contains(distances[column], exact: { blocks.exact(row, column) }) {
          ballsAround[column] += 1
          holdsOne = true
        }
        if !isReached {
          let other = Ball(squaredRadius: generatedRadii[column], margin: margin)
          isReached = other.contains(distances[column], exact: { blocks.exact(row, column) })
        }
      }
      if holdsOne { covered += 1 }
      if isReached { reached += 1 }
    }
    precision = Double(ballsAround.count { $0 > 0 }) / Double(generatedCount)
    recall = Double(reached) / Double(realCount)
    density = Double(ballsAround.reduce(0, +)) / Double(neighbors * generatedCount)
    coverage = Double(covered) / Double(realCount)
  }

  /// The mean coverage when both sets come from one distribution without repeated points:
  /// 1 - prod_{j < k} (N - 1 - j) / (N + M - 1 - j).
  ///
  /// - Parameters:
  ///   - neighbors: k >= 1.
  ///   - real: N > k.
  ///   - generated: M >= 1.
  public static func expectedCoverage(neighbors: Int, real: Int, generated: Int) -> Double {
    guard neighbors >= 1, real > neighbors, generated >= 1 else {
      trap(
        "NeighborhoodMeasures.expectedCoverage",
        "needs 1 <= neighbors < real and generated >= 1, not \(neighbors), \(real), \(generated)")
    }
    var missed = 1.0
    for j in 0..<neighbors { missed *= Double(real - 1 - j) / Double(real + generated - 1 - j) }
    return 1 - missed
  }

  /// A ball that asks for the exact distance only near its surface.
  private struct Ball {
    let squaredRadius: Double
    let inside: Float
    let outside: Float

    @inline(__always)
    init(squaredRadius: Double, margin: DistanceBlocks.Margin) {
      self.squaredRadius = squaredRadius
      inside = Float(squaredRadius - margin(at: squaredRadius)).nextDown
      outside = Float(squaredRadius + margin(at: squaredRadius)).nextUp
    }

    @inline(__always)
    func contains(_ approximate: Float, exact: () -> Double) -> Bool {
      if approximate < inside { return true }
      if approximate > outside { return false }
      return exact() < squaredRadius
    }
  }
}
