public import Autodiff
public import TensorCore

/// A price on the slope of the discriminator's logit l in its input, added to the discriminator's loss.
///
/// Computing it differentiates l once, and learning from it once more: the gradient is itself a computation on the
/// tape.
public enum GradientPenalty: Sendable, Hashable {
  /// gamma / 2 E_x |grad l(x)|^2 at real rows only (Mescheder et al. 2018, arXiv 1801.04406, equation 9). It makes the
  /// game converge where plain descent turns in circles.
  case r1(gamma: Float)
  /// weight E (|grad l(x^)| - 1)^2 at x^ = e x + (1 - e) G(z), e uniform in 0...1, one for each pair (Gulrajani et al.
  /// 2017, arXiv 1704.00028, equation 3). The paper's weight is 10, and 0.1 for its toys.
  case wasserstein(weight: Float)

  /// The penalty: a single number.
  ///
  /// - Parameters:
  ///   - real: real rows, `[n, ...]`.
  ///   - fake: as many generated rows, of the same shape. ``r1(gamma:)`` does not look at them.
  ///   - random: draws e for ``wasserstein(weight:)``.
  ///   - logits: l: it gives one number a row, whose gradient in that row does not depend on the other rows.
  ///
  /// Traps when `real` and `fake` differ in shape where both are used, and when gamma or the weight are negative.
  public func callAsFunction(
    real: Tensor, fake: Tensor, using random: inout RandomGenerator, logits: (Variable) -> Variable
  ) -> Variable {
    switch self {
    case .r1(let gamma):
      check(gamma, "GradientPenalty.r1", "gamma")
      return squaredSlopes(of: logits, at: real).mean() * (gamma / 2)
    case .wasserstein(let weight):
      check(weight, "GradientPenalty.wasserstein", "weight")
      guard real.shape == fake.shape else {
        trap(
          "GradientPenalty.wasserstein",
          "needs as many real rows as generated ones, of one shape, not " + describe(real.shape) + " and "
            + describe(fake.shape))
      }
      let share = random.uniform(shape: [real.shape[0]] + real.shape.dropFirst().map { _ in 1 })
      let between = fake + share * (real - fake)
      // The root's slope at 0 is infinite; the smallest normal number keeps it finite and changes no other value.
      let slopes = sqrt(squaredSlopes(of: logits, at: between) + .leastNormalMagnitude)
      return square(slopes - 1).mean() * weight
    }
  }

  private func check(_ value: Float, _ operation: String, _ name: String) {
    guard value >= 0, value.isFinite else {
      trap(operation, name + " must be 0 or more, but is " + value.description)
    }
  }
}

/// |grad f(x_i)|^2 for each row: `[n]`, differentiable in what f depends on.
///
/// - Parameters:
///   - logits: f, one number a row.
///   - rows: `[n, ...]`.
public func squaredSlopes(of logits: (Variable) -> Variable, at rows: Tensor) -> Variable {
  let x = Variable(rows)
  // Row i of the sum's gradient is the gradient of f(x_i): the other rows' terms do not depend on x_i.
  let slope = gradient(of: logits(x).sum(), withRespectTo: x, isDifferentiable: true)
  let count = rows.shape[0]
  return square(slope.reshaped(to: [count, rows.count / max(count, 1)])).sum(axis: 1)
}
