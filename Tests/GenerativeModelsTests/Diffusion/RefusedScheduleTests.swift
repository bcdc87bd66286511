import GenerativeModels
import TestSupport
import Testing

/// Schedules outside their bounds stop the program with what is wrong and what would do.
@Suite struct RefusedScheduleTests {
  @Test func betasLieBetweenZeroAndOne() async {
    expectTrap(
      "NoiseSchedule(betas:): there are no betas; give at least one, that is, at least one step",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NoiseSchedule(betas: [])
      })
    expectTrap(
      "NoiseSchedule(betas:): beta at step 2 is 1.0; every beta must lie strictly between 0 and 1: "
        + "choose other end points, or clip to at most 0.999",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NoiseSchedule(betas: [0.1, 1])
      })
    expectTrap(
      "NoiseSchedule(betas:): beta at step 1 is 0.0; every beta must lie strictly between 0 and 1: "
        + "choose other end points, or clip to at most 0.999",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NoiseSchedule(betas: [0, 0.1])
      })
    expectTrap(
      "NoiseSchedule(betas:): beta at step 1 is nan; every beta must lie strictly between 0 and 1: "
        + "choose other end points, or clip to at most 0.999",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NoiseSchedule(betas: [.nan])
      })
    expectTrap(
      "NoiseSchedule.linear: beta at step 2 is 1.5; every beta must lie strictly between 0 and 1: "
        + "choose other end points, or clip to at most 0.999",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NoiseSchedule.linear(steps: 2, from: 0.1, to: 1.5)
      })
    expectTrap(
      "NoiseSchedule.quadratic: from and to must be positive, but are -0.0001 and 0.02",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NoiseSchedule.quadratic(steps: 10, from: -1e-4)
      })
  }

  @Test func thereIsAtLeastOneStep() async {
    expectTrap(
      "NoiseSchedule.cosine: steps must be at least 1, but is 0; 1000 is DDPM's choice",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NoiseSchedule.cosine(steps: 0)
      })
    expectTrap(
      "NoiseSchedule.linear: steps must be at least 1, but is 0; 1000 is DDPM's choice",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NoiseSchedule.linear(steps: 0)
      })
    expectTrap(
      "TimeSampler: stepCount must be at least 1, but is 0; give the stepCount of the diffusion",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = TimeSampler(.uniform, stepCount: 0)
      })
    expectTrap(
      "TimeSampler: history must be at least 1, but is 0; 10 is usual",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = TimeSampler(.lossAware(history: 0), stepCount: 3)
      })
    expectTrap(
      "CategoricalDiffusion: steps must be at least 1, but is 0; 1000 is D3PM's choice",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = CategoricalDiffusion(steps: 0, limit: [1])
      })
  }

  @Test func stepsLieOnTheSchedule() async {
    expectTrap(
      "NoiseSchedule.alphaBar: there is no step 11; t runs from 0 to 10",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NoiseSchedule.linear(steps: 10).alphaBar(11)
      })
    expectTrap(
      "NoiseSchedule.strided: cannot visit 11 of 10 steps; choose a number in 1...10",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NoiseSchedule.linear(steps: 10).strided(to: 11)
      })
    expectTrap(
      "NoiseSchedule.restricted: the last stop must be 10, where the noise is, but is 5",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = NoiseSchedule.linear(steps: 10).restricted(to: [3, 5])
      })
  }
}
