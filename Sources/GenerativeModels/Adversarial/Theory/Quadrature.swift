internal import TensorCore

/// Simpson's rule: the integral of a function over an interval, in double precision.
///
/// The error falls as the fourth power of the spacing for smooth functions. The sum runs from left to right, so that the
/// result is the same everywhere.
public struct Quadrature: Sendable, Equatable {
  /// Where the function is looked at, evenly spaced, both ends included.
  public let points: [Double]
  private let spacing: Double

  /// - Parameters:
  ///   - interval: of positive, finite length.
  ///   - pieces: an even number of pieces, at least 2.
  ///
  /// Traps on others.
  public init(over interval: ClosedRange<Double>, pieces: Int = 4_000) {
    let length = interval.upperBound - interval.lowerBound
    guard length > 0, length.isFinite, pieces >= 2, pieces % 2 == 0 else {
      trap(
        "Quadrature",
        "needs an interval of positive, finite length and an even number of pieces, not " + length.description + " and "
          + String(pieces))
    }
    spacing = length / Double(pieces)
    var points: [Double] = []
    for index in 0...pieces { points.append(interval.lowerBound + Double(index) * spacing) }
    self.points = points
  }

  /// The integral of a function.
  public func integral(of function: (Double) -> Double) -> Double { integral(of: points.map(function)) }

  /// The integral of a function with these values at ``points``. Traps when there are not as many.
  public func integral(of values: [Double]) -> Double {
    guard values.count == points.count else {
      trap("Quadrature.integral", String(values.count) + " values for " + String(points.count) + " points")
    }
    var sum = 0.0
    for (index, value) in values.enumerated() {
      let isEnd = index == 0 || index == values.count - 1
      sum += value * (isEnd ? 1 : index % 2 == 1 ? 4 : 2)
    }
    return sum * spacing / 3
  }
}
