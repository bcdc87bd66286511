internal import TensorCore

/// The smallest game that shows how adversarial training goes wrong: the data are the single point 0, the generator
/// makes the single point theta, and the discriminator's logit is linear, l(x) = psi x (Mescheder et al. 2018, arXiv
/// 1801.04406, section 2).
///
/// The discriminator ascends f(theta psi) + f(0) and the generator descends it, with f(t) = -log(1 + e^-t):
///
///     theta' = -psi f'(theta psi),    psi' = theta f'(theta psi) - price
///
/// where the price is the slope in psi of what regularization adds. The only equilibrium is theta = psi = 0, with
/// f'(0) = 1/2. Everything is computed in Double.
public struct DiracGAN: Sendable, Hashable {
  /// The function f of the game.
  public enum Loss: Sendable, Hashable {
    /// f(t) = -log(1 + e^-t), for both players.
    case saturating
    /// The same for the discriminator; the generator ascends f(-theta psi) instead: theta' = -psi f'(-theta psi).
    case nonSaturating
    /// f(t) = t, the Wasserstein GAN.
    case wasserstein
  }

  /// What is added to the discriminator's loss.
  public enum Regularization: Sendable, Hashable {
    case none
    /// gamma / 2 |grad l|^2 = gamma psi^2 / 2 at the data.
    case r1(gamma: Double)
    /// gamma / 2 (|grad l| - target)^2 = gamma / 2 (|psi| - target)^2, with the target 1 that of WGAN-GP. Its slope
    /// jumps at psi = 0, and no step length makes descent come to rest there.
    case gradientPenalty(gamma: Double, target: Double)
  }

  /// The order of moves in one step.
  public enum Updates: Sendable, Hashable, CaseIterable {
    /// Both move at once.
    case simultaneous
    /// The generator moves first, and psi answers the new theta.
    case alternating
  }

  /// Where the two players stand.
  public struct State: Sendable, Hashable {
    public var theta: Double
    public var psi: Double

    public init(theta: Double, psi: Double) {
      self.theta = theta
      self.psi = psi
    }

    /// The distance from the equilibrium.
    public var distance: Double { (theta * theta + psi * psi).squareRoot() }
  }

  public let loss: Loss
  public let regularization: Regularization

  /// Traps when gamma or the target are negative or not finite.
  public init(_ loss: Loss = .saturating, regularization: Regularization = .none) {
    let (gamma, target) =
      switch regularization {
      case .none: (0.0, 0.0)
      case .r1(let gamma): (gamma, 0)
      case .gradientPenalty(let gamma, let target): (gamma, target)
      }
    guard gamma >= 0, gamma.isFinite, target >= 0, target.isFinite else {
      trap(
        "DiracGAN",
        "gamma and the target must be 0 or more, but are " + gamma.description + " and " + target.description)
    }
    self.loss = loss
    self.regularization = regularization
  }

  /// The velocity (theta', psi') of the continuous game.
  public func velocity(at state: State) -> State {
    let (theta, psi) = (state.theta, state.psi)
    return State(
      theta: -psi * generatorSlope(theta * psi), psi: theta * discriminatorSlope(theta * psi) - price(psi))
  }

  /// The matrix of the velocity's derivatives: [[d theta'/d theta, d theta'/d psi], [d psi'/d theta, d psi'/d psi]].
  ///
  /// At the equilibrium its eigenvalues are -gamma/2 +- sqrt(gamma^2/4 - f'(0)^2) under R1: without it they lie on the
  /// imaginary axis, and at gamma = 1 they meet. Traps for a gradient penalty at psi = 0, where there is none.
  public func jacobian(at state: State) -> PlaneMatrix {
    let (theta, psi) = (state.theta, state.psi)
    let t = theta * psi
    return PlaneMatrix(
      -psi * psi * generatorCurvature(t), -generatorSlope(t) - t * generatorCurvature(t),
      discriminatorSlope(t) + t * discriminatorCurvature(t),
      theta * theta * discriminatorCurvature(t) - priceSlope(psi))
  }

  /// The state after one step of length h of gradient descent.
  public func step(from state: State, stepSize h: Double, updates: Updates) -> State {
    let velocity = velocity(at: state)
    let theta = state.theta + h * velocity.theta
    switch updates {
    case .simultaneous:
      return State(theta: theta, psi: state.psi + h * velocity.psi)
    case .alternating:
      return State(theta: theta, psi: state.psi + h * self.velocity(at: State(theta: theta, psi: state.psi)).psi)
    }
  }

  /// The states of so many steps, the start first.
  public func trajectory(from start: State, stepSize: Double, updates: Updates, steps: Int) -> [State] {
    var states = [start]
    for _ in 0..<steps {
      states.append(step(from: states[states.count - 1], stepSize: stepSize, updates: updates))
    }
    return states
  }

  // f' and f'' as each player meets them.

  private func discriminatorSlope(_ t: Double) -> Double { loss == .wasserstein ? 1 : logistic(-t) }

  private func discriminatorCurvature(_ t: Double) -> Double {
    loss == .wasserstein ? 0 : -logistic(t) * logistic(-t)
  }

  private func generatorSlope(_ t: Double) -> Double {
    loss == .nonSaturating ? logistic(t) : discriminatorSlope(t)
  }

  private func generatorCurvature(_ t: Double) -> Double {
    loss == .nonSaturating ? logistic(t) * logistic(-t) : discriminatorCurvature(t)
  }

  private func price(_ psi: Double) -> Double {
    switch regularization {
    case .none: return 0
    case .r1(let gamma): return gamma * psi
    case .gradientPenalty(let gamma, let target):
      return psi == 0 ? 0 : gamma * (psi - (psi > 0 ? target : -target))
    }
  }

  private func priceSlope(_ psi: Double) -> Double {
    switch regularization {
    case .none: return 0
    case .r1(let gamma): return gamma
    case .gradientPenalty(let gamma, let target):
      guard psi != 0 || target == 0 else {
        trap("DiracGAN.jacobian", "a gradient penalty has no derivative at psi = 0; look beside it")
      }
      return gamma
    }
  }
}
