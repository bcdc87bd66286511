public import TensorCore

extension GaussianMixture {
  /// log p(x) = log sum_k w_k N(x; mu_k, s_k^2 I), in nats, for each row.
  ///
  /// The sum is taken relative to its largest term, so that a point far from every mode has a large negative value
  /// and not -infinity.
  ///
  /// - Parameter points: x, `[n, d]`.
  ///
  /// Traps when the points are not d wide or not finite.
  public func logDensity(_ points: Tensor) -> [Double] {
    check(points, "GaussianMixture.logDensity")
    var result: [Double] = []
    result.reserveCapacity(points.shape[0])
    forEachPoint(points) { _, joint in result.append(joint.logTotal) }
    return result
  }

  /// The score: grad_x log p(x) = sum_k r_k (mu_k - x) / s_k^2, with the responsibilities r of
  /// ``posterior(_:)``; `[n, d]` to `[n, d]`.
  ///
  /// Traps when the points are not d wide or not finite.
  public func score(_ points: Tensor) -> Tensor {
    check(points, "GaussianMixture.score")
    return Tensor(shape: points.shape) { target in
      forEachPoint(points) { row, joint in
        for axis in 0..<dimension {
          var sum = 0.0
          for k in 0..<componentCount where joint.terms[k] > 0 {
            let difference = centers[k * dimension + axis] - Double(joint.point[axis])
            sum += joint.terms[k] * (difference / (standardDeviations[k] * standardDeviations[k]))
          }
          target[row * dimension + axis] = Float(sum / joint.total)
        }
      }
    }
  }

  /// The responsibilities: the probability of each component given the point,
  /// r_k = w_k N(x; mu_k, s_k^2 I) / p(x); `[n, d]` to `[n, k]`, every row with the sum 1.
  ///
  /// Traps when the points are not d wide or not finite.
  public func posterior(_ points: Tensor) -> Tensor {
    check(points, "GaussianMixture.posterior")
    return Tensor(shape: [points.shape[0], componentCount]) { target in
      forEachPoint(points) { row, joint in
        for k in 0..<componentCount { target[row * componentCount + k] = Float(joint.terms[k] / joint.total) }
      }
    }
  }

  /// What one point has to do with every component.
  struct Joint {
    /// x.
    let point: UnsafeBufferPointer<Float>
    /// w_k N(x; mu_k, s_k^2 I), divided by the largest of them.
    let terms: [Double]
    /// The sum of the terms.
    let total: Double
    /// log p(x).
    let logTotal: Double
  }

  /// Calls `body` for each row in turn.
  func forEachPoint(_ points: Tensor, _ body: (Int, Joint) -> Void) {
    let constants = (0..<componentCount).map { k in
      log(weights[k]) - Double(dimension) * (log(standardDeviations[k]) + 0.5 * log(2 * Double.pi))
    }
    let precisions = standardDeviations.map { 1 / ($0 * $0) }
    var logarithms = [Double](repeating: 0, count: componentCount)
    var terms = logarithms
    points.withUnsafeScalars { values in
      for row in 0..<points.shape[0] {
        let point = UnsafeBufferPointer(rebasing: values[row * dimension..<(row + 1) * dimension])
        var largest = -Double.infinity
        for k in 0..<componentCount {
          logarithms[k] = constants[k] - 0.5 * squaredDistance(point, toMode: k) * precisions[k]
          if logarithms[k] > largest { largest = logarithms[k] }
        }
        var total = 0.0
        for k in 0..<componentCount {
          let difference = logarithms[k] - largest
          // Below this the exponential is 0 in Double: most components of a mixture of narrow ones.
          terms[k] = difference < -746 ? 0 : exp(difference)
          total += terms[k]
        }
        body(row, Joint(point: point, terms: terms, total: total, logTotal: largest + log(total)))
      }
    }
  }

  /// ||x - mu_k||^2.
  @inline(__always)
  func squaredDistance(_ point: UnsafeBufferPointer<Float>, toMode k: Int) -> Double {
    var sum = 0.0
    for axis in 0..<dimension {
      let difference = Double(point[axis]) - centers[k * dimension + axis]
      sum += difference * difference
    }
    return sum
  }
}
