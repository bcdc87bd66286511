public import TensorCore

// With a = sqrt(abar_t) and s = sqrt(1 - abar_t) the three targets form, with x_t, a rotation in the plane of data and
// noise: x_t = a x_0 + s epsilon, v = a epsilon - s x_0; so x_0 = a x_t - s v and epsilon = s x_t + a v.

extension GaussianDiffusion {
  /// What the network should have said about a batch.
  ///
  /// - Parameters:
  ///   - x0: the data, `[n, ...]`.
  ///   - noise: what was mixed in, of the same shape.
  ///   - t: the step of each row.
  public func targetValue(x0: Tensor, noise: Tensor, t: [Int]) -> Tensor {
    switch target {
    case .epsilon: return noise
    case .x0: return x0
    case .v:
      return noise * rowScales(t, like: x0, "targetValue") { schedule.alphaBar($0).squareRoot() }
        - x0 * rowScales(t, like: x0, "targetValue") { schedule.noiseVariance($0).squareRoot() }
    }
  }

  /// The estimate of x_0 behind a prediction of this diffusion's target at step t.
  ///
  /// Traps at t = 0 for epsilon and v, where there is nothing to estimate.
  public func x0(from prediction: Tensor, xt: Tensor, t: Int) -> Tensor {
    prediction.requireSameShape(xt, "x0(from:xt:t:)")
    let (a, s) = amplitudes(t)
    switch target {
    case .x0: return prediction
    case .epsilon: return (xt - prediction * Float(s)) / Float(a)
    case .v: return xt * Float(a) - prediction * Float(s)
    }
  }

  /// The noise behind a prediction of this diffusion's target at step t.
  public func epsilon(from prediction: Tensor, xt: Tensor, t: Int) -> Tensor {
    prediction.requireSameShape(xt, "epsilon(from:xt:t:)")
    let (a, s) = amplitudes(t)
    switch target {
    case .epsilon: return prediction
    case .x0: return epsilon(fromX0: prediction, xt: xt, t: t)
    case .v: return xt * Float(s) + prediction * Float(a)
    }
  }

  /// The noise that must have been mixed in if x_0 is the data: (x_t - sqrt(abar_t) x_0) / sqrt(1 - abar_t).
  public func epsilon(fromX0 x0: Tensor, xt: Tensor, t: Int) -> Tensor {
    let (a, s) = amplitudes(t)
    return (xt - x0 * Float(a)) / Float(s)
  }

  /// What a network of this diffusion's target would say that estimates the noise as `epsilon`.
  public func prediction(fromEpsilon epsilon: Tensor, xt: Tensor, t: Int) -> Tensor {
    let (a, s) = amplitudes(t)
    switch target {
    case .epsilon: return epsilon
    case .x0: return (xt - epsilon * Float(s)) / Float(a)
    // v = (epsilon - s x_t) / a.
    case .v: return (epsilon - xt * Float(s)) / Float(a)
    }
  }

  /// sqrt(abar_t) and sqrt(1 - abar_t).
  func amplitudes(_ t: Int) -> (signal: Double, noise: Double) {
    (schedule.alphaBar(t).squareRoot(), schedule.noiseVariance(t).squareRoot())
  }
}
