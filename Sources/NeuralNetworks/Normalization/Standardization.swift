internal import Autodiff
internal import TensorCore

/// y = (x - m) / s with the mean m and the deviation s = sqrt(variance + epsilon) of sets of numbers of x: what layer,
/// group and batch normalization have in common.
///
/// With g the upstream gradient and <.> the mean over a set, x gets (g - <g> - y <g y>) / s.
///
/// - Parameters:
///   - x: any shape.
///   - setShape: a shape that broadcasts to that of x; an extent of 1 puts all numbers along that axis into one set.
///   - epsilon: keeps a set of equal numbers from dividing by 0.
/// - Returns: y, and m and the variance (divided by the number, not by one less) in `setShape`.
func standardized(
  _ x: Variable, setShape: [Int], epsilon: Float
) -> (result: Variable, mean: Tensor, variance: Tensor) {
  let size = Float(x.value.count / max(1, setShape.product))
  return standardized(
    x, epsilon: epsilon, average: { $0.sumReduced(to: setShape) / size }, averageOf: { $0.sum(to: setShape) / size })
}

/// The same for sets that no shape describes.
///
/// - Parameters:
///   - average: the mean of each number's set, in a shape that broadcasts to that of x.
///   - averageOf: the same with its history.
func standardized(
  _ x: Variable, epsilon: Float, average: (Tensor) -> Tensor, averageOf: @escaping (Variable) -> Variable
) -> (result: Variable, mean: Tensor, variance: Tensor) {
  let mean = average(x.value)
  let centred = x.value - mean
  let variance = average(centred.squared())
  let deviation = (variance + epsilon).squareRoot()
  let y = centred / deviation
  let result = Variable.recorded(y, from: x) { [value = x.value] pull in
    let g = pull.upstream
    let y = pull.output(y)
    // The deviation must carry its history where the gradient is differentiated in turn.
    let scale =
      pull.isDifferentiable
      ? deviationOf(pull.input(0, value), epsilon: epsilon, averageOf)
      : Variable(constant: deviation)
    let slope = averageOf(g)
    let projection = averageOf(g * y)
    pull.add((g - slope - y * projection) / scale, to: 0)
  }
  return (result, mean, variance)
}

private func deviationOf(_ x: Variable, epsilon: Float, _ averageOf: (Variable) -> Variable) -> Variable {
  let centred = x - averageOf(x)
  return sqrt(averageOf(square(centred)) + epsilon)
}
