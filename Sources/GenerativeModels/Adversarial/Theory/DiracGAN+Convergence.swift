internal import TensorCore

extension DiracGAN {
  /// The matrix by which one step multiplies small deviations from a state: I + h J for simultaneous updates; for
  /// alternating ones the generator's half step and then the discriminator's.
  ///
  /// Near the equilibrium without regularization, with k = h f'(0): the simultaneous eigenvalues are 1 +- i k, so that
  /// every step stretches by sqrt(1 + k^2); the alternating ones have modulus 1 as long as k < 2.
  public func stepMatrix(at state: State, stepSize h: Double, updates: Updates) -> PlaneMatrix {
    let jacobian = jacobian(at: state)
    switch updates {
    case .simultaneous:
      return .identity + h * jacobian
    case .alternating:
      let moved = State(theta: state.theta + h * velocity(at: state).theta, psi: state.psi)
      let answer = self.jacobian(at: moved)
      let generator = PlaneMatrix(1 + h * jacobian.a, h * jacobian.b, 0, 1)
      let discriminator = PlaneMatrix(1, 0, h * answer.c, 1 + h * answer.d)
      return discriminator * generator
    }
  }

  /// The factor by which a step comes to shrink (below 1) or stretch (above 1) small distances from the equilibrium:
  /// the largest modulus of the step matrix's eigenvalues there.
  ///
  /// Where the two eigenvalues are equal but the matrix is not a multiple of the identity (R1 with gamma = 1), the
  /// distance after n steps is a + b n times this factor's n-th power.
  public func predictedModulus(stepSize: Double, updates: Updates) -> Double {
    stepMatrix(at: State(theta: 0, psi: 0), stepSize: stepSize, updates: updates).spectralRadius
  }

  /// The factor as measured on a trajectory near the equilibrium, whose law it is not told.
  ///
  /// Any linear law in the plane obeys s_(n+2) = tau s_(n+1) - delta s_n, with tau and delta the trace and the
  /// determinant of one step. Both are fitted to the states by least squares, each triple weighted by its own size, and
  /// the modulus of the larger root of x^2 - tau x + delta is the answer. Unlike a ratio of distances this does not
  /// swing with a rotation's phase.
  ///
  /// Traps when there are fewer than three states or they all lie on one line through the equilibrium, which leaves
  /// one root open.
  public static func measuredModulus(of states: [State]) -> Double {
    guard states.count >= 3 else {
      trap("DiracGAN.measuredModulus", "needs three states or more, not " + String(states.count))
    }
    // Normal equations of z = tau y - delta x over both coordinates of all triples (x, y, z).
    var (xx, xy, yy, xz, yz) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for index in 0..<states.count - 2 {
      let scale = 1 / max(states[index].distance, Double.leastNormalMagnitude)
      for part in 0..<2 {
        let x = states[index].part(part) * scale
        let y = states[index + 1].part(part) * scale
        let z = states[index + 2].part(part) * scale
        xx += x * x
        xy += x * y
        yy += y * y
        xz += x * z
        yz += y * z
      }
    }
    let determinant = xx * yy - xy * xy
    guard determinant > 0 else {
      trap("DiracGAN.measuredModulus", "the states lie on one line through the equilibrium; start elsewhere")
    }
    let tau = (xx * yz - xy * xz) / determinant
    let delta = (xy * yz - yy * xz) / determinant
    let found = roots(trace: tau, determinant: delta)
    return max(found.0.modulus, found.1.modulus)
  }
}

extension DiracGAN.State {
  /// Its coordinates by number. Key paths would need reflection.
  fileprivate func part(_ index: Int) -> Double { index == 0 ? theta : psi }
}
