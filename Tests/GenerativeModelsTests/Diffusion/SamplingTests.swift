import Distributions
import GenerativeModels
import TensorCore
import TestSupport
import Testing

@Suite struct SamplingTests {
  private let mixture = GaussianMixture(
    means: Tensor([[-1], [0.6]]), standardDeviations: [0.1, 0.3], weights: [0.3, 0.7])

  private func statistics(_ samples: Tensor) -> (share: Double, mean: Double, variance: Double) {
    let values = samples.scalars.map { Double($0) }
    let upper = values.filter { $0 > -0.4 }
    let mean = upper.reduce(0, +) / Double(upper.count)
    let variance = upper.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(upper.count)
    return (Double(upper.count) / Double(values.count), mean, variance)
  }

  /// Two ways to draw the same: with eta = 1 DDIM is the ancestral walk with the small variance. On the exact denoiser
  /// both also give the mixture back.
  @Test(arguments: [100, 20])
  func etaOneIsDistributedAsTheAncestralWalk(_ steps: Int) {
    let diffusion = GaussianDiffusion(.cosine(steps: 100), variance: .fixedSmall)
    let denoiser = ExactDenoiser(mixture, diffusion)
    let count = 20_000
    var (first, second) = (RandomGenerator(seed: 5), RandomGenerator(seed: 6))
    let ancestral = statistics(
      diffusion.sample(denoiser, shape: [count, 1], method: .ancestral(steps: steps), using: &first))
    let ddim = statistics(
      diffusion.sample(denoiser, shape: [count, 1], method: .ddim(steps: steps, eta: 1), using: &second))
    // Four standard errors of a difference of two.
    let n = Double(count)
    #expect((ancestral.share - ddim.share).magnitude < 4 * (2 * 0.21 / n).squareRoot())
    #expect((ancestral.mean - ddim.mean).magnitude < 4 * (2 * 0.09 / (0.7 * n)).squareRoot())
    #expect((ancestral.variance - ddim.variance).magnitude < 4 * 0.09 * (4 / (0.7 * n)).squareRoot())
    if steps == 100 {
      #expect((ddim.share - 0.7).magnitude < 0.02)
      #expect((ddim.mean - 0.6).magnitude < 0.02)
      #expect((ddim.variance / 0.09 - 1).magnitude < 0.1)
    }
  }

  /// The same draws give the same numbers: one step of both, from one generator.
  @Test func etaOneTakesTheAncestralStep() {
    let diffusion = GaussianDiffusion(.cosine(steps: 100), variance: .fixedSmall)
    let denoiser = ExactDenoiser(mixture, diffusion)
    for t in [2, 50, 99] {
      var (first, second) = (RandomGenerator(seed: 5), RandomGenerator(seed: 5))
      let xt = Tensor([[0.3], [-1.2]])
      let ancestral = diffusion.pSample(denoiser, xt: xt, t: t, using: &first)
      let estimate = diffusion.estimate(denoiser, xt: xt, t: t)
      let ddim = diffusion.ddimStep(estimate, from: t, to: t - 1, eta: 1, using: &second)
      for (a, b) in zip(ancestral.scalars, ddim.scalars) { #expect((a - b).magnitude < 2e-5) }
    }
  }

  @Test(arguments: [SamplingMethod.ddim(steps: 10), .heun(steps: 10), .dpmSolver(steps: 10)])
  func theDeterministicWalksDrawNothing(_ method: SamplingMethod) {
    let diffusion = GaussianDiffusion(.cosine(steps: 100))
    let denoiser = ExactDenoiser(mixture, diffusion)
    var (first, second) = (RandomGenerator(seed: 5), RandomGenerator(seed: 6))
    let start = first.normal(shape: [50, 1])
    let untouched = second
    let samples = diffusion.sample(denoiser, from: start, method: method, using: &first)
    #expect(diffusion.sample(denoiser, from: start, method: method, using: &second) == samples)
    #expect(second == untouched)
    // Neighbouring starts lead to neighbouring samples: the walk is a map, and it keeps the order of a line.
    let order = start.scalars.indices.sorted { start.scalars[$0] < start.scalars[$1] }
    #expect(zip(order, order.dropFirst()).allSatisfy { samples.scalars[$0] < samples.scalars[$1] })
  }

  /// For Gaussian data the probability flow is known: x_0 - m = (x_T - sqrt(abar_T) m) s / sqrt(V_T). Twice the steps
  /// leave a half of DDIM's error, and at most a third of that of the second-order methods.
  @Test func solversConvergeWithTheirOrders() {
    let deviation = 0.5
    let data = GaussianMixture.gaussian(mean: [0], standardDeviation: deviation)
    let diffusion = GaussianDiffusion(.linear(steps: 1000))
    let abar = diffusion.schedule.alphaBar(1000)
    let scale = deviation / (abar * deviation * deviation + 1 - abar).squareRoot()
    let start = Tensor([[2], [-1]])
    func error(_ method: SamplingMethod) -> Double {
      var random = RandomGenerator(seed: 1)
      let x = diffusion.sample(ExactDenoiser(data, diffusion), from: start, method: method, using: &random)
      return (Double(x.scalars[0]) - 2 * scale).magnitude
    }
    let ddim = [20, 40].map { error(.ddim(steps: $0)) }
    let heun = [20, 40].map { error(.heun(steps: $0)) }
    let solver = [20, 40].map { error(.dpmSolver(steps: $0)) }
    #expect((1.6...2.4).contains(ddim[0] / ddim[1]))
    #expect(heun[0] < ddim[0] / 3 && heun[0] / heun[1] > 3)
    #expect(solver[0] < ddim[0] / 3 && solver[0] / solver[1] > 3)
  }

  @Test func framesLeadFromNoiseToTheSamples() {
    let diffusion = GaussianDiffusion(.cosine(steps: 100))
    var random = RandomGenerator(seed: 5)
    var frames: [SamplingFrame] = []
    let samples = diffusion.sample(
      ExactDenoiser(mixture, diffusion), shape: [4, 1], method: .ancestral(steps: 4), using: &random
    ) { frames.append($0) }
    #expect(frames.map { $0.index } == [0, 1, 2, 3, 4])
    #expect(frames.map { $0.time } == [1, 0.75, 0.5, 0.25, 0])
    #expect(frames.allSatisfy { $0.stepCount == 4 && $0.x.shape == [4, 1] })
    #expect(frames[0].x0 == nil && frames[4].x == samples)
  }

  /// Flow matching's exact field leads to the mixture, and Heun's method needs fewer steps than Euler's.
  @Test func theExactVelocityLeadsToTheMixture() {
    var random = RandomGenerator(seed: 9)
    let samples = FlowMatching().sample(
      ExactVelocity(mixture), shape: [20_000, 1], method: .heun(steps: 50), using: &random)
    let found = statistics(samples)
    #expect((found.share - 0.7).magnitude < 0.015)
    #expect((found.mean - 0.6).magnitude < 0.015)
    #expect((found.variance / 0.09 - 1).magnitude < 0.05)
    let data = GaussianMixture.gaussian(mean: [0], standardDeviation: 0.5)
    func error(_ method: FlowMatching.Solver) -> Float {
      let x = FlowMatching().sample(ExactVelocity(data), from: Tensor([[2]]), method: method, using: &random)
      return (x.item - 1).magnitude
    }
    #expect((1.6...2.4).contains(error(.euler(steps: 20)) / error(.euler(steps: 40))))
    #expect(error(.heun(steps: 20)) < error(.euler(steps: 20)) / 3)
  }

  @Test func badWalksStop() async {
    expectTrap(
      "NoiseSchedule.strided: cannot visit 6 of 5 steps; choose a number in 1...5",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        _ = GaussianDiffusion(.linear(steps: 5)).sample(
          Constant(Tensor(zeros: [1, 1])), shape: [1, 1], method: .ddim(steps: 6), using: &random)
      })
    expectTrap(
      "SamplingMethod.ddim: eta must lie in 0...1, but is 1.5",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        _ = GaussianDiffusion(.linear(steps: 5)).sample(
          Constant(Tensor(zeros: [1, 1])), shape: [1, 1], method: .ddim(eta: 1.5), using: &random)
      })
  }
}
