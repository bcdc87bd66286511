/// Minimizes a smooth function by the L-BFGS method: Newton's steps with a Hessian that is guessed from the last few
/// gradients (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5), and a step length that halves until
/// the value falls enough (Armijo's condition).
///
/// Deterministic: no randomness, all sums in a fixed order.
struct LimitedMemoryBFGS {
  /// How many pairs of steps and gradient changes are remembered.
  var memory = 12
  /// Stops when no entry of the gradient is larger.
  var gradientTolerance: Double
  var maximumIterations: Int

  struct Result {
    var point: [Double]
    var value: Double
    var iterations: Int
    /// Whether the gradient fell below the tolerance.
    var hasConverged: Bool
  }

  func minimize(
    from start: [Double], _ valueAndGradient: ([Double]) -> (value: Double, gradient: [Double])
  ) -> Result {
    var point = start
    var (value, gradient) = valueAndGradient(point)
    var pairs: [Pair] = []
    var iterations = 0
    while iterations < maximumIterations && largest(gradient) > gradientTolerance {
      var direction = descent(gradient, pairs)
      var slope = inner(direction, gradient)
      if !(slope < 0) {
        // Rounding has spoiled the memory: start anew along the gradient.
        pairs.removeAll()
        direction = descent(gradient, pairs)
        slope = inner(direction, gradient)
      }
      var step = pairs.isEmpty ? min(1, 1 / largest(gradient)) : 1
      var next: (point: [Double], value: Double, gradient: [Double])?
      for _ in 0..<40 {
        let candidate = zip(point, direction).map { $0 + step * $1 }
        let found = valueAndGradient(candidate)
        if found.value <= value + 1e-4 * step * slope {
          next = (candidate, found.value, found.gradient)
          break
        }
        step /= 2
      }
      // No step lowers the value any more: the gradient is down to rounding.
      guard let next else { break }
      let pair = Pair(
        step: zip(next.point, point).map { $0 - $1 }, change: zip(next.gradient, gradient).map { $0 - $1 })
      if pair.curvature > 0 {
        pairs.append(pair)
        if pairs.count > memory { pairs.removeFirst() }
      }
      (point, value, gradient) = next
      iterations += 1
    }
    return Result(
      point: point, value: value, iterations: iterations, hasConverged: largest(gradient) <= gradientTolerance)
  }

  private struct Pair {
    let step: [Double]
    let change: [Double]
    let curvature: Double

    init(step: [Double], change: [Double]) {
      self.step = step
      self.change = change
      curvature = inner(step, change)
    }
  }

  /// -H g by the two-loop recursion.
  private func descent(_ gradient: [Double], _ pairs: [Pair]) -> [Double] {
    var direction = gradient
    var factors: [Double] = []
    for pair in pairs.reversed() {
      let factor = inner(pair.step, direction) / pair.curvature
      factors.append(factor)
      for index in direction.indices { direction[index] -= factor * pair.change[index] }
    }
    if let last = pairs.last {
      let scale = last.curvature / inner(last.change, last.change)
      for index in direction.indices { direction[index] *= scale }
    }
    for (pair, factor) in zip(pairs, factors.reversed()) {
      let correction = factor - inner(pair.change, direction) / pair.curvature
      for index in direction.indices { direction[index] += correction * pair.step[index] }
    }
    for index in direction.indices { direction[index] = -direction[index] }
    return direction
  }
}

private func inner(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}

private func largest(_ values: [Double]) -> Double {
  var largest = 0.0
  for value in values where value.magnitude > largest { largest = value.magnitude }
  return largest
}
