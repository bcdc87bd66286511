package import Autodiff
package import TensorCore
package import Testing

/// Compares gradients with differences of the function itself.
///
/// The function's outputs are weighted with fixed numbers and summed in Double. Differences are central and of fourth
/// order, (8 (f(x + h) - f(x - h)) - (f(x + 2h) - f(x - 2h))) / 12 h, with h = 1/64: their truncation error is
/// h^4 f^(5) / 30, below 1e-7 for the functions at hand, and the rounding of Float outputs, 6e-8, is divided by
/// about h, so that differences are good to about 1e-5.
package struct FiniteDifferences {
  private static let step: Float = 1.0 / 64
  private let tolerance: Double

  package init(tolerance: Double = 1e-4) { self.tolerance = tolerance }

  /// Checks the first derivatives, and the second ones through gradients of gradients.
  package func check(
    _ points: [Tensor], secondOrder: Bool = true, sourceLocation: SourceLocation = #_sourceLocation,
    _ function: @escaping ([Variable]) -> Variable
  ) {
    let weights = Self.weights(function(points.map { Variable(constant: $0) }).shape, seed: 0.37)
    let (_, gradients) = valueAndGradient(at: points) { (function($0) * weights).sum() }
    compare(gradients, at: points, "first", sourceLocation) { points in
      Self.sum(function(points.map { Variable(constant: $0) }).value, weights)
    }
    guard secondOrder else { return }
    // The gradient, weighted and summed, is a function whose gradient can be checked in turn.
    let directions = points.enumerated().map { Self.weights($1.shape, seed: 0.71 + Float($0)) }
    func slope(_ inputs: [Variable], differentiable: Bool) -> [Variable] {
      gradient(of: (function(inputs) * weights).sum(), withRespectTo: inputs, isDifferentiable: differentiable)
    }
    let (_, second) = valueAndGradient(at: points) { inputs in
      let slopes = slope(inputs, differentiable: true)
      var total = Variable(constant: Tensor(0))
      for (slope, direction) in zip(slopes, directions) { total = total + (slope * direction).sum() }
      return total
    }
    compare(second, at: points, "second", sourceLocation) { points in
      let slopes = slope(points.map { Variable($0) }, differentiable: false)
      return zip(slopes, directions).reduce(0) { $0 + Self.sum($1.0.value, $1.1) }
    }
  }

  private func compare(
    _ gradients: [Tensor], at points: [Tensor], _ order: String, _ sourceLocation: SourceLocation,
    _ value: ([Tensor]) -> Double
  ) {
    for (place, point) in points.enumerated() {
      #expect(gradients[place].shape == point.shape, sourceLocation: sourceLocation)
      let found = gradients[place].scalars
      for index in 0..<point.count {
        func moved(_ steps: Float) -> Double {
          var points = points
          points[place].withUnsafeMutableScalars { $0[index] += steps * Self.step }
          return value(points)
        }
        let slope = (8 * (moved(1) - moved(-1)) - (moved(2) - moved(-2))) / (12 * Double(Self.step))
        let error = abs(slope - Double(found[index])) / max(1, abs(slope))
        if !(error < tolerance) {
          Issue.record(
            "\(order) derivative \(index) of input \(place): \(found[index]), by differences \(slope)",
            sourceLocation: sourceLocation)
        }
      }
    }
  }

  /// Numbers in -1...1 without a pattern.
  fileprivate static func weights(_ shape: [Int], seed: Float) -> Tensor {
    let count = shape.reduce(1, *)
    return Tensor((0..<count).map { Float(sin(Double($0) * 12.9898 + Double(seed) * 78.233)) }, shape: shape)
  }

  private static func sum(_ values: Tensor, _ weights: Tensor) -> Double {
    zip(values.scalars, weights.scalars).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}

/// A tensor of numbers without a pattern in the given range.
package func numbers(_ shape: [Int], in range: ClosedRange<Float> = -1...1, seed: Float = 1) -> Tensor {
  let half = (range.upperBound - range.lowerBound) / 2
  return FiniteDifferences.weights(shape, seed: seed) * half + (range.lowerBound + half)
}

/// The same, but no number is nearer to a kink at 0 than the differences reach.
package func numbersAwayFromZero(_ shape: [Int], seed: Float = 1) -> Tensor {
  let values = numbers(shape, seed: seed)
  return values + sign(values) * 0.1
}
