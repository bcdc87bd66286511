import Autodiff
import GenerativeModels
import TensorCore
import Testing

/// The terms of the bound, learned variances and the discretized decoder included, against NumPy.
@Suite struct BoundTermTests {
  private typealias R = BoundReference
  private let shape = [4, 6]
  private var x0: Tensor { Tensor(R.data.map { Float($0) }, shape: shape) }
  private var noise: Tensor { Tensor(R.noise.map { Float($0) }, shape: shape) }
  private var epsilon: Tensor { noise + Tensor(R.error.map { Float($0) }, shape: shape) }
  private var spreads: Tensor { Tensor(R.spreads.map { Float($0) }, shape: shape) }
  private let references = [
    (1, R.logVariance1, R.term1), (2, R.logVariance2, R.term2), (20, R.logVariance20, R.term20),
    (50, R.logVariance50, R.term50),
  ]

  private func close(_ found: Double, _ wanted: Double, _ relative: Double) -> Bool {
    (found - wanted).magnitude <= relative * max(1, wanted.magnitude)
  }

  /// The network's output for each target that stands for the same estimate.
  private func output(_ diffusion: GaussianDiffusion, t: Int) -> Tensor {
    let xt = diffusion.qSample(x0, t: t, noise: noise)
    return .concatenated([diffusion.prediction(fromEpsilon: epsilon, xt: xt, t: t), spreads], axis: 1)
  }

  @Test(arguments: PredictionTarget.allCases)
  func everyTermAgreesWithNumPy(_ target: PredictionTarget) {
    let diffusion = GaussianDiffusion(.cosine(steps: 50), target: target, variance: .learned)
    for (t, logVariances, terms) in references {
      let xt = diffusion.qSample(x0, t: t, noise: noise)
      let denoiser = Constant(output(diffusion, t: t))
      let step = diffusion.reverseStep(denoiser, xt: xt, t: t)
      for (found, wanted) in zip(step.logVariance.scalars, logVariances) { #expect(close(Double(found), wanted, 1e-6)) }
      let found = diffusion.stepTerms(denoiser, x0: x0, xt: xt, t: t, decoder: .eightBit)
      #expect(found.count == terms.count)
      for (found, wanted) in zip(found, terms) { #expect(close(found, wanted, 2e-4), "t = \(t): \(found), \(wanted)") }
    }
  }

  @Test func thePriorAgreesWithNumPy() {
    let diffusion = GaussianDiffusion(.cosine(steps: 50))
    var random = RandomGenerator(seed: 1)
    let bound = diffusion.variationalBound(Constant(epsilon), of: x0, using: &random)
    #expect(close(bound.prior.mean, R.prior.reduce(0, +) / 4, 1e-6))
  }

  /// The loss that is differentiated says the same as the bound that is reported.
  @Test(arguments: PredictionTarget.allCases)
  func theTrainedBoundIsTheReportedOne(_ target: PredictionTarget) {
    let diffusion = GaussianDiffusion(.cosine(steps: 50), target: target, variance: .learned)
    for (t, _, terms) in references {
      let batch = batch(diffusion, t)
      let losses = diffusion.losses(
        Variable(constant: output(diffusion, t: t)), for: batch, objective: .variational, decoder: .eightBit)
      for (found, wanted) in zip(losses.value.scalars, terms) {
        #expect(close(Double(found), wanted / 6 / log(2.0) * 50, 1e-3), "t = \(t)")
      }
    }
  }

  /// With a fixed variance the trained bound leaves out only what the network cannot change.
  @Test(arguments: PredictionTarget.allCases)
  func theFixedVariancesBoundDiffersByAConstant(_ target: PredictionTarget) {
    for variance in [ReverseVariance.fixedSmall, .fixedLarge] {
      let diffusion = GaussianDiffusion(.cosine(steps: 50), target: target, variance: variance)
      for t in [1, 7, 40] {
        let batch = batch(diffusion, t)
        func both(_ estimate: Tensor) -> (trained: Double, reported: Double) {
          let output = diffusion.prediction(fromEpsilon: estimate, xt: batch.xt, t: t)
          let trained = diffusion.losses(Variable(constant: output), for: batch, objective: .variational)
          let reported = diffusion.stepTerms(Constant(output), x0: x0, xt: batch.xt, t: t)
          return (Double(trained.value.scalars[2]) * log(2.0) / 50 * 6, reported[2])
        }
        let (a, b) = (both(epsilon), both(noise * 0.5))
        let difference = a.reported - b.reported
        #expect(close(a.trained - b.trained, difference, 1e-3 * max(1, difference.magnitude)))
      }
    }
  }

  /// L_hybrid: the mean is taught by L_simple alone, the variance by the bound alone.
  @Test func theHybridStopsTheBoundsGradientAtTheMean() {
    let diffusion = GaussianDiffusion(.cosine(steps: 50), variance: .learned)
    let batch = batch(diffusion, 20)
    let point = output(diffusion, t: 20)
    func gradient(_ objective: DiffusionObjective) -> Tensor {
      valueAndGradient(at: point) { diffusion.losses($0, for: batch, objective: objective).mean() }.gradient
    }
    let (hybrid, bound) = (gradient(.hybrid(weight: 0.001)), gradient(.variational))
    // d mean((eps - eps_theta)^2) = 2 error / 24.
    for row in 0..<4 {
      for column in 0..<6 {
        let error = epsilon[row, column] - noise[row, column]
        #expect((hybrid[row, column] - 2 * error / 24).magnitude < 1e-6)
        let wanted = 0.001 * bound[row, 6 + column]
        #expect((hybrid[row, 6 + column] - wanted).magnitude < 1e-5 * max(1, wanted.magnitude))
      }
    }
  }

  @Test func weightsArePublished() {
    let schedule = NoiseSchedule.cosine(steps: 50)
    func weight(_ target: PredictionTarget, _ t: Int) -> Double {
      GaussianDiffusion(schedule, target: target).weight(.minSNR(gamma: 5), t: t)
    }
    for t in [2, 10, 30, 48] {
      let ratio = schedule.signalToNoise(t)
      #expect(close(weight(.epsilon, t), min(ratio, 5) / ratio, 1e-12))
      #expect(close(weight(.x0, t), min(ratio, 5), 1e-12))
      #expect(close(weight(.v, t), min(ratio, 5) / (ratio + 1), 1e-12))
      let (beta, sigma) = (schedule.beta(t), schedule.posteriorVariance(t))
      let published = beta * beta / (2 * sigma * schedule.alpha(t) * schedule.noiseVariance(t))
      #expect(close(GaussianDiffusion(schedule).weight(.variational, t: t), published, 1e-9))
    }
  }

  /// The discretized decoder is a distribution over levels.
  @Test func levelsShareOneUnitOfMass() {
    for (mean, deviation) in [(0.3, 0.01), (-0.99, 0.1), (1.4, 0.3), (0, 0.0008)] {
      var total = 0.0
      for level in 0..<256 {
        let x = Double(level) / 255 * 2 - 1
        let nats = DataDecoder.eightBit.negativeLogLikelihood(x, mean: mean, logVariance: 2 * log(deviation))
        #expect(nats.isFinite && nats >= 0)
        total += exp(-nats)
      }
      #expect((total - 1).magnitude < 1e-9)
    }
  }

  private func batch(_ diffusion: GaussianDiffusion, _ t: Int) -> GaussianDiffusion.TrainingBatch {
    GaussianDiffusion.TrainingBatch(x0: x0, t: [Int](repeating: t, count: 4), noise: noise, in: diffusion)
  }
}
