public import TensorCore

extension GaussianDiffusion {
  /// E[(epsilon - epsilon_theta)^2] of a denoiser at step t, a mean over rows and dimensions, with its standard error: what
  /// L_simple averages over t.
  ///
  /// - Parameter rows: data, `[n, ...]`; each gets one draw of noise.
  public func noiseError(
    of denoiser: some Denoiser, on rows: Tensor, t: Int, using random: inout RandomGenerator
  ) -> VariationalBound.Term {
    guard rows.rank >= 1, rows.count > 0 else {
      trap("noiseError", "rows: there are none in the shape " + describe(rows.shape) + "; give at least one, [n, ...]")
    }
    let noise = random.normal(shape: rows.shape)
    let xt = qSample(rows, t: t, noise: noise)
    let found = estimate(denoiser, xt: xt, t: t).epsilon
    let errors = (found - noise).squared().reshaped(to: [rows.shape[0], -1]).mean(axis: 1)
    return VariationalBound.Term(of: errors.scalars.map { Double($0) })
  }
}
