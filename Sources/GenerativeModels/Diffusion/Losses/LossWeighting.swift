internal import TensorCore

/// What a denoising network is trained on.
public enum DiffusionObjective: Sendable, Hashable {
  /// L_simple: the mean squared error of the target, all steps alike (Ho et al. 2020, arXiv 2006.11239, equation 14).
  case simple
  /// The squared error of x_0 times min(SNR, gamma), whatever the target: no step may pull harder than gamma (Hang et al.
  /// 2023, arXiv 2303.09556; gamma = 5).
  case minSNR(gamma: Double)
  /// L_vlb: the variational bound itself, in bits per dimension. With a fixed variance it is the squared error with the
  /// bound's weights, without the part that no network can change.
  case variational
  /// L_simple + weight L_vlb, where L_vlb teaches the variance alone (Improved DDPM, arXiv 2102.09672, section 3.1;
  /// weight = 0.001). Needs ``ReverseVariance/learned``.
  case hybrid(weight: Double)
}

extension GaussianDiffusion {
  /// The weight of the squared error of this diffusion's target at step t, as a mean over dimensions.
  ///
  /// - Parameter objective: for ``DiffusionObjective/variational`` the weight is the bound's own, in nats: for epsilon it
  ///   is beta_t^2 / (2 sigma_t^2 alpha_t (1 - abar_t)) (Ho et al. 2020, equation 12).
  public func weight(_ objective: DiffusionObjective, t: Int) -> Double {
    switch objective {
    case .simple, .hybrid: return 1
    case .minSNR(let gamma):
      guard gamma > 0 else {
        trap("DiffusionObjective.minSNR", "gamma must be positive, but is " + gamma.description + "; 5 is usual")
      }
      return min(schedule.signalToNoise(t), gamma) * squaredErrorOfX0(t)
    case .variational:
      let (beta, noise) = (schedule.beta(t), schedule.noiseVariance(t))
      let ofEpsilon = beta * beta / (2 * fixedVariance(t) * schedule.alpha(t) * noise)
      return ofEpsilon * schedule.signalToNoise(t) * squaredErrorOfX0(t)
    }
  }

  /// The squared error of x_0 that goes with a squared error of 1 of the target.
  private func squaredErrorOfX0(_ t: Int) -> Double {
    switch target {
    case .epsilon: 1 / schedule.signalToNoise(t)
    case .x0: 1
    case .v: schedule.noiseVariance(t)
    }
  }
}
