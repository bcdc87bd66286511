/// How a diffusion is walked back.
///
/// `steps` is the number of stops, nil for all T. Fewer stops stride over the others.
public enum SamplingMethod: Sendable, Hashable {
  /// Draws x_(t-1) from p(x_(t-1) | x_t), stop after stop (Ho et al. 2020, arXiv 2006.11239, algorithm 2).
  case ancestral(steps: Int? = nil, spacing: StepSpacing = .uniform)
  /// DDIM (Song et al. 2021, arXiv 2010.02502, equation 12). With eta = 0 nothing is drawn on the way; eta = 1 draws as
  /// much as the ancestral walk with the small variance.
  case ddim(steps: Int? = nil, eta: Double = 0, spacing: StepSpacing = .uniform)
  /// Heun's method of second order on the probability-flow ODE, two questions to the denoiser a step (Karras et al.
  /// 2022, arXiv 2206.00364, algorithm 1).
  case heun(steps: Int? = nil, spacing: StepSpacing = .uniform)
  /// DPM-Solver++ (2M): second order from one question a step and the memory of the one before (Lu et al. 2022, arXiv
  /// 2211.01095, algorithm 2).
  case dpmSolver(steps: Int? = nil, spacing: StepSpacing = .uniform)

  var stride: (steps: Int?, spacing: StepSpacing) {
    switch self {
    case .ancestral(let steps, let spacing), .heun(let steps, let spacing), .dpmSolver(let steps, let spacing):
      (steps, spacing)
    case .ddim(let steps, _, let spacing): (steps, spacing)
    }
  }
}
