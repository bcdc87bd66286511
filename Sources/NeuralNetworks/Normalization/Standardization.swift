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
  let mean = x.value.sumReduced(to: setShape) / size
  let centred = x.value - mean
  let variance = centred.squared().sumReduced(to: setShape) / size
  let deviation = (variance + epsilon).squareRoot()
  let y = centred / deviation
  let result = Variable.recorded(y, from: x) { [value = x.value] pull in
    let g = pull.upstream
    let y = pull.output(y)
    // The deviation must carry its history where the gradient is differentiated in turn.
    let scale =
      pull.isDifferentiable
      ? deviationOf(pull.input(0, value), setShape: setShape, size: size, epsilon: epsilon)
      : Variable(constant: deviation)
    let slope = g.sum(to: setShape) / size
    let projection = (g * y).sum(to: setShape) / size
    pull.add((g - slope - y * projection) / scale, to: 0)
  }
  return (result, mean, variance)
}

private func deviationOf(_ x: Variable, setShape: [Int], size: Float, epsilon: Float) -> Variable {
  let centred = x - x.sum(to: setShape) / size
  return sqrt(square(centred).sum(to: setShape) / size + epsilon)
}
