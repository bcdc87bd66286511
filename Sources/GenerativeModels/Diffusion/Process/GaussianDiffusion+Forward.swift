public import TensorCore

extension GaussianDiffusion {
  /// x_t from x_0 at once: sqrt(abar_t) x_0 + sqrt(1 - abar_t) noise (Ho et al. 2020, equation 4).
  ///
  /// - Parameters:
  ///   - x0: the data, `[n, ...]`.
  ///   - noise: standard normal numbers of the same shape. Traps when the shape differs.
  public func qSample(_ x0: Tensor, t: Int, noise: Tensor) -> Tensor {
    x0.requireSameShape(noise, "qSample")
    return x0 * Float(schedule.alphaBar(t).squareRoot()) + noise * Float(schedule.noiseVariance(t).squareRoot())
  }

  /// The same with a step of its own for each row. Traps when there are not as many steps as rows.
  public func qSample(_ x0: Tensor, t: [Int], noise: Tensor) -> Tensor {
    x0.requireSameShape(noise, "qSample")
    return x0 * rowScales(t, like: x0, "qSample") { schedule.alphaBar($0).squareRoot() }
      + noise * rowScales(t, like: x0, "qSample") { schedule.noiseVariance($0).squareRoot() }
  }

  /// One step of the forward chain: x_t = sqrt(1 - beta_t) x_(t-1) + sqrt(beta_t) noise (equation 2).
  public func qStep(_ previous: Tensor, t: Int, noise: Tensor) -> Tensor {
    previous.requireSameShape(noise, "qStep")
    return previous * Float(schedule.alpha(t).squareRoot()) + noise * Float(schedule.beta(t).squareRoot())
  }

  /// A normal distribution of rows: a mean for each number, and one variance for all.
  public struct Gaussian: Sendable, Equatable {
    public let mean: Tensor
    public let variance: Double
  }

  /// q(x_(t-1) | x_t, x_0) (equations 6 and 7): what a reverse step would be if x_0 were known.
  public func posterior(x0: Tensor, xt: Tensor, t: Int) -> Gaussian {
    x0.requireSameShape(xt, "posterior")
    let c = schedule.posteriorMean(t)
    return Gaussian(mean: x0 * Float(c.x0) + xt * Float(c.xt), variance: schedule.posteriorVariance(t))
  }

  /// One number for each row, shaped `[n, 1, ...]` so that it broadcasts over the row.
  func rowScales(_ t: [Int], like x: Tensor, _ name: String, _ value: (Int) -> Double) -> Tensor {
    guard x.rank >= 1, t.count == x.shape[0] else {
      trap(name, String(t.count) + " steps for a batch " + describe(x.shape) + "; give one step for each row")
    }
    var shape = [Int](repeating: 1, count: x.rank)
    shape[0] = t.count
    return Tensor(t.map { Float(value($0)) }, shape: shape)
  }
}
