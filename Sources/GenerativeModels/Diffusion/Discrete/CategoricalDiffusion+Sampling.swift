public import TensorCore

extension CategoricalDiffusion {
  /// Draws x_t for each token of x_0. Costs two uniform draws a token.
  public func qSample(_ x0: [Int], t: Int, using random: inout RandomGenerator) -> [Int] {
    let keep = Float(keptProbability(t))
    let uniform = random.uniform(shape: [2, x0.count]).scalars
    return x0.indices.map { uniform[$0] < keep ? x0[$0] : place(Double(uniform[x0.count + $0]), in: limit) }
  }

  /// Draws one category for each row of probabilities.
  func draw(_ rows: [[Double]], using random: inout RandomGenerator) -> [Int] {
    let uniform = random.uniform(shape: [rows.count]).scalars
    return rows.indices.map { place(Double(uniform[$0]), in: rows[$0]) }
  }

  /// The first category at which the cumulative probability exceeds `target`.
  private func place(_ target: Double, in probabilities: [Double]) -> Int {
    var sum = 0.0
    var last = 0
    for (category, probability) in probabilities.enumerated() where probability > 0 {
      sum += probability
      if target < sum { return category }
      last = category
    }
    return last
  }
}
