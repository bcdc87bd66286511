import GenerativeModels
import TensorCore
import Testing

@Suite struct DiffusionProcessTests {
  private let schedule = NoiseSchedule.scaledLinear(steps: 20)

  private func largestDifference(_ a: Tensor, _ b: Tensor) -> Float {
    zip(a.scalars, b.scalars).map { ($0 - $1).magnitude }.max() ?? .infinity
  }

  /// The chain of single steps and the closed form have the same mean and variance.
  @Test func theChainAgreesWithTheClosedForm() {
    var random = RandomGenerator(seed: 4)
    let diffusion = GaussianDiffusion(schedule)
    var x = Tensor(repeating: 1.5, shape: [40_000, 1])
    for t in 1...8 { x = diffusion.qStep(x, t: t, noise: random.normal(shape: x.shape)) }
    let mean = Double(x.mean().item)
    let variance = Double(x.variance().item)
    // Five standard errors.
    let expected = schedule.noiseVariance(8)
    #expect((mean - 1.5 * schedule.alphaBar(8).squareRoot()).magnitude < 5 * (expected / 40_000).squareRoot())
    #expect((variance - expected).magnitude < 5 * expected * (2.0 / 40_000).squareRoot())
    let start = Tensor(repeating: 1.5, shape: [2, 1])
    let noise = Tensor([[1], [-2]])
    let xt = diffusion.qSample(start, t: 8, noise: noise)
    #expect(largestDifference(xt, diffusion.qSample(start, t: [8, 8], noise: noise)) == 0)
    let by = Float(1.5 * schedule.alphaBar(8).squareRoot() - 2 * schedule.noiseVariance(8).squareRoot())
    #expect((xt.scalars[1] - by).magnitude < 1e-6)
  }

  /// Bayes' rule by hand: the posterior's precision and mean from those of its two factors.
  @Test func thePosteriorIsBayesRule() {
    let diffusion = GaussianDiffusion(schedule)
    let (x0, xt) = (Tensor([[0.7, -1.2]]), Tensor([[0.1, 2]]))
    for t in 2...20 {
      let (a, beta) = (schedule.alpha(t), schedule.beta(t))
      let precision = a / beta + 1 / schedule.noiseVariance(t - 1)
      let found = diffusion.posterior(x0: x0, xt: xt, t: t)
      #expect((found.variance * precision - 1).magnitude < 1e-10)
      for (index, mean) in found.mean.scalars.enumerated() {
        let pull =
          a.squareRoot() / beta * Double(xt.scalars[index])
          + schedule.alphaBar(t - 1).squareRoot() / schedule.noiseVariance(t - 1) * Double(x0.scalars[index])
        #expect((Double(mean) - pull / precision).magnitude < 1e-6)
      }
    }
  }

  /// Each target gives back the data and the noise that it was made of.
  @Test(arguments: PredictionTarget.allCases)
  func targetsAreTheSameKnowledge(_ target: PredictionTarget) {
    var random = RandomGenerator(seed: 2)
    let diffusion = GaussianDiffusion(schedule, target: target)
    let (x0, noise) = (random.normal(shape: [5, 3]), random.normal(shape: [5, 3]))
    for t in [1, 7, 15] {
      let xt = diffusion.qSample(x0, t: t, noise: noise)
      let truth = diffusion.targetValue(x0: x0, noise: noise, t: [Int](repeating: t, count: 5))
      // Noise of amplitude s is found to rounding over s, and data of amplitude a to rounding over a.
      let scale = Float(1 / schedule.alphaBar(t).squareRoot() + 1 / schedule.noiseVariance(t).squareRoot())
      #expect(largestDifference(diffusion.x0(from: truth, xt: xt, t: t), x0) < 2e-6 * scale)
      #expect(largestDifference(diffusion.epsilon(from: truth, xt: xt, t: t), noise) < 2e-6 * scale)
      #expect(largestDifference(diffusion.prediction(fromEpsilon: noise, xt: xt, t: t), truth) < 2e-6 * scale)
    }
  }

  /// A reverse step's mean in Ho et al.'s two forms: through x_0, and (x_t - beta / sqrt(1 - abar) eps) / sqrt(alpha).
  @Test func theReverseMeanIsThePapers() {
    let diffusion = GaussianDiffusion(schedule)
    let (xt, epsilon) = (Tensor([[0.3, -1.1]]), Tensor([[0.5, 0.2]]))
    for t in [1, 2, 10, 16] {
      let step = diffusion.reverseStep(Constant(epsilon), xt: xt, t: t)
      let (beta, s) = (schedule.beta(t), schedule.noiseVariance(t).squareRoot())
      let mean = (xt - epsilon * Float(beta / s)) / Float(schedule.alpha(t).squareRoot())
      #expect(largestDifference(step.mean, mean) < 1e-4)
    }
  }

  @Test func estimatesStayInsideTheData() {
    let diffusion = GaussianDiffusion(schedule, dataRange: -1...1)
    let xt = Tensor([[4, 0.1]])
    let found = diffusion.estimate(Constant(Tensor([[-2, 0.1]])), xt: xt, t: 10)
    #expect(found.x0.scalars.allSatisfy { (-1...1).contains($0) } && found.x0.scalars[0] == 1)
    #expect(largestDifference(diffusion.qSample(found.x0, t: 10, noise: found.epsilon), xt) < 1e-5)
  }

  @Test func misfitsStop() async {
    await #expect(processExitsWith: .failure) {
      _ = GaussianDiffusion(.linear(steps: 9)).qSample(Tensor(zeros: [2, 2]), t: 1, noise: Tensor(zeros: [2, 3]))
    }
    await #expect(processExitsWith: .failure) {
      _ = GaussianDiffusion(.linear(steps: 9)).qSample(Tensor(zeros: [2, 2]), t: [1], noise: Tensor(zeros: [2, 2]))
    }
    await #expect(processExitsWith: .failure) {
      let learned = GaussianDiffusion(.linear(steps: 9), variance: .learned)
      _ = learned.reverseStep(Constant(Tensor(zeros: [2, 2])), xt: Tensor(zeros: [2, 2]), t: 1)
    }
  }
}

/// Says the same whatever it is asked.
struct Constant: Denoiser {
  let answer: Tensor

  init(_ answer: Tensor) { self.answer = answer }

  func predict(_ x: Tensor, time: Double) -> Tensor { answer }
}
