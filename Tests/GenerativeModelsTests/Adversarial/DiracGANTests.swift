import GenerativeModels
import Testing

@Suite struct DiracGANTests {
  private let origin = DiracGAN.State(theta: 0, psi: 0)

  /// -gamma/2 +- sqrt(gamma^2/4 - 1/4).
  @Test func eigenvaluesAtTheEquilibrium() {
    let free = DiracGAN().jacobian(at: origin)
    #expect(free == PlaneMatrix(0, -0.5, 0.5, 0))
    #expect(free.eigenvalues.0 == ComplexNumber(real: 0, imaginary: 0.5))
    #expect(free.eigenvalues.1 == ComplexNumber(real: 0, imaginary: -0.5))

    let some = DiracGAN(regularization: .r1(gamma: 0.3)).jacobian(at: origin).eigenvalues
    #expect(abs(some.0.real + 0.15) < 1e-15 && abs(some.0.imaginary - 0.2275.squareRoot()) < 1e-15)
    let critical = DiracGAN(regularization: .r1(gamma: 1)).jacobian(at: origin).eigenvalues
    #expect(critical.0 == ComplexNumber(real: -0.5) && critical.1 == critical.0)
    let much = DiracGAN(regularization: .r1(gamma: 2)).jacobian(at: origin).eigenvalues
    #expect(abs(much.0.real - (-1 + 0.75.squareRoot())) < 1e-15 && much.0.imaginary == 0)
    #expect(abs(much.1.real - (-1 - 0.75.squareRoot())) < 1e-15 && much.1.imaginary == 0)
  }

  /// The factors of one step of length 0.2, computed by hand.
  @Test(arguments: [
    (0.0, DiracGAN.Updates.simultaneous, 1.004987562), (0.3, .simultaneous, 0.974679434), (1, .simultaneous, 0.9),
    (0, .alternating, 1), (0.3, .alternating, 0.969535971), (1, .alternating, 0.927015621),
  ])
  func oneStepsFactor(gamma: Double, updates: DiracGAN.Updates, expected: Double) {
    let game = DiracGAN(regularization: .r1(gamma: gamma))
    #expect(abs(game.predictedModulus(stepSize: 0.2, updates: updates) - expected) < 1e-9)
  }

  /// Without R1, alternating updates neither shrink nor stretch below the step length 4.
  @Test func alternatingUpdatesTurnForEver() {
    for step in [0.2, 1, 3, 3.99] {
      #expect(abs(DiracGAN().predictedModulus(stepSize: step, updates: .alternating) - 1) < 1e-12)
    }
    #expect(DiracGAN().predictedModulus(stepSize: 4.1, updates: .alternating) > 1.3)
  }

  /// What a trajectory near the equilibrium does is what the eigenvalues say.
  @Test(arguments: [0, 0.3, 0.7, 1.5, 3], DiracGAN.Updates.allCases)
  func measuredContractionIsThePredictedOne(gamma: Double, updates: DiracGAN.Updates) {
    for loss in [DiracGAN.Loss.saturating, .nonSaturating] {
      let game = DiracGAN(loss, regularization: .r1(gamma: gamma))
      let states = game.trajectory(
        from: DiracGAN.State(theta: 1e-5, psi: 3e-6), stepSize: 0.2, updates: updates, steps: 60)
      let measured = DiracGAN.measuredModulus(of: states)
      let predicted = game.predictedModulus(stepSize: 0.2, updates: updates)
      #expect(abs(measured - predicted) < 1e-6, "measured \(measured), predicted \(predicted)")
    }
  }

  /// At gamma = 1 the two eigenvalues are one, and the step matrix has a single direction of its own: the distance falls
  /// like (a + b n) 0.9^n.
  @Test func theDefectiveCase() {
    let game = DiracGAN(regularization: .r1(gamma: 1))
    let states = game.trajectory(
      from: DiracGAN.State(theta: 1e-5, psi: 0), stepSize: 0.2, updates: .simultaneous, steps: 100)
    var power = 1e-5
    for (index, state) in states.enumerated() {
      // (I + n N) (1, 0) with N = [[0.1, -0.1], [0.1, -0.1]] / 0.9.
      let growth = Double(index) * 0.1 / 0.9
      #expect(abs(state.theta / power - (1 + growth)) < 1e-6 && abs(state.psi / power - growth) < 1e-6)
      power *= 0.9
    }
  }

  @Test(
    arguments: [DiracGAN.Loss.saturating, .nonSaturating, .wasserstein],
    [
      DiracGAN.Regularization.none, .r1(gamma: 0.4), .gradientPenalty(gamma: 0.7, target: 1),
    ])
  func jacobiansAreDerivatives(loss: DiracGAN.Loss, regularization: DiracGAN.Regularization) {
    let game = DiracGAN(loss, regularization: regularization)
    let h = 1e-5
    for state in [DiracGAN.State(theta: 0.7, psi: -1.3), .init(theta: -0.2, psi: 0.4)] {
      func difference(_ theta: Double, _ psi: Double) -> (Double, Double) {
        let up = game.velocity(at: .init(theta: state.theta + theta, psi: state.psi + psi))
        let down = game.velocity(at: .init(theta: state.theta - theta, psi: state.psi - psi))
        return ((up.theta - down.theta) / (2 * h), (up.psi - down.psi) / (2 * h))
      }
      let jacobian = game.jacobian(at: state)
      let ((a, c), (b, d)) = (difference(h, 0), difference(0, h))
      #expect(abs(jacobian.a - a) < 1e-9 && abs(jacobian.b - b) < 1e-9)
      #expect(abs(jacobian.c - c) < 1e-9 && abs(jacobian.d - d) < 1e-9)
      // And the derivative of one alternating step.
      let step = game.stepMatrix(at: state, stepSize: 0.2, updates: .alternating)
      let up = game.step(from: .init(theta: state.theta + h, psi: state.psi), stepSize: 0.2, updates: .alternating)
      let down = game.step(from: .init(theta: state.theta - h, psi: state.psi), stepSize: 0.2, updates: .alternating)
      #expect(abs(step.a - (up.theta - down.theta) / (2 * h)) < 1e-9)
      #expect(abs(step.c - (up.psi - down.psi) / (2 * h)) < 1e-9)
    }
  }

  /// The penalty of WGAN-GP never lets the players rest; R1 does.
  @Test func whoComesToRest() {
    func reach(_ game: DiracGAN) -> Double {
      let states = game.trajectory(from: .init(theta: 1, psi: 1), stepSize: 0.1, updates: .alternating, steps: 3_000)
      return states.suffix(500).map(\.distance).max() ?? 0
    }
    #expect(reach(DiracGAN(.wasserstein, regularization: .gradientPenalty(gamma: 1, target: 1))) > 0.1)
    #expect(reach(DiracGAN()) > 0.5)
    #expect(reach(DiracGAN(regularization: .r1(gamma: 1))) < 1e-12)
  }

  @Test func badInputStops() async {
    await #expect(processExitsWith: .failure) { _ = DiracGAN(regularization: .r1(gamma: -1)) }
    await #expect(processExitsWith: .failure) {
      let game = DiracGAN(.wasserstein, regularization: .gradientPenalty(gamma: 1, target: 1))
      _ = game.jacobian(at: .init(theta: 0, psi: 0))
    }
    await #expect(processExitsWith: .failure) { _ = DiracGAN.measuredModulus(of: [.init(theta: 1, psi: 0)]) }
  }
}
