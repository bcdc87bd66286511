import GenerativeModels
import TensorCore
import Testing

@Suite struct NoiseScheduleTests {
  private func expectClose(
    _ found: [Double], _ expected: [Double], relative: Double = 1e-9, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, "\(what)", sourceLocation: sourceLocation)
    for (index, (value, wanted)) in zip(found, expected).enumerated()
    where !((value - wanted).magnitude <= relative * max(wanted.magnitude, 1e-12)) {
      Issue.record("\(what) entry \(index): \(value), expected \(wanted)", sourceLocation: sourceLocation)
    }
  }

  private func check(
    _ schedule: NoiseSchedule, at steps: [Int], betas: [Double], alphaBar: [Double], variance: [Double],
    fromX0: [Double], fromXt: [Double], logVariance: [Double]
  ) {
    expectClose(steps.map(schedule.beta), betas, "beta")
    expectClose(steps.map(schedule.alphaBar), alphaBar, "abar")
    expectClose(steps.map(schedule.posteriorVariance), variance, "beta~")
    expectClose(steps.map { schedule.posteriorMean($0).x0 }, fromX0, "c_0")
    expectClose(steps.map { schedule.posteriorMean($0).xt }, fromXt, "c_t")
    expectClose(steps.map(schedule.clippedLogPosteriorVariance), logVariance, "ln beta~")
  }

  @Test func schedulesAgreeWithNumPy() {
    typealias R = ScheduleReference
    check(
      .linear(steps: 1000), at: [1, 2, 10, 100, 500, 999, 1000], betas: R.linearBetas, alphaBar: R.linearAlphaBar,
      variance: R.linearVariance, fromX0: R.linearFromX0, fromXt: R.linearFromXt, logVariance: R.linearLogVariance)
    check(
      .scaledLinear(steps: 10), at: Array(1...10), betas: R.scaledLinearBetas, alphaBar: R.scaledLinearAlphaBar,
      variance: R.scaledLinearVariance, fromX0: R.scaledLinearFromX0, fromXt: R.scaledLinearFromXt,
      logVariance: R.scaledLinearLogVariance)
    check(
      .quadratic(steps: 100), at: [1, 2, 10, 50, 99, 100], betas: R.quadraticBetas, alphaBar: R.quadraticAlphaBar,
      variance: R.quadraticVariance, fromX0: R.quadraticFromX0, fromXt: R.quadraticFromXt,
      logVariance: R.quadraticLogVariance)
    check(
      .cosine(steps: 100), at: [1, 2, 10, 50, 99, 100], betas: R.cosineBetas, alphaBar: R.cosineAlphaBar,
      variance: R.cosineVariance, fromX0: R.cosineFromX0, fromXt: R.cosineFromXt, logVariance: R.cosineLogVariance)
  }

  @Test func theFirstDDPMScheduleEndsWhereItShould() {
    #expect((NoiseSchedule.linear(steps: 1000).alphaBar(1000) - 4.036e-5).magnitude < 5e-9)
  }

  @Test func derivedNumbersFollowFromTheirDefinitions() {
    let schedule = NoiseSchedule(betas: [0.1, 0.2, 0.5])
    #expect(schedule.stepCount == 3 && schedule.steps == 1...3)
    #expect(schedule.alphaBar(0) == 1 && schedule.noiseVariance(0) == 0)
    expectClose(schedule.steps.map(schedule.alpha), [0.9, 0.8, 0.5])
    expectClose(schedule.steps.map(schedule.alphaBar), [0.9, 0.72, 0.36])
    expectClose(schedule.steps.map(schedule.noiseVariance), [0.1, 0.28, 0.64])
    expectClose(schedule.steps.map(schedule.signalToNoise), [9, 0.72 / 0.28, 0.5625])
    expectClose(schedule.steps.map(schedule.posteriorVariance), [0, 0.2 * 0.1 / 0.28, 0.5 * 0.28 / 0.64])
    #expect(schedule.steps.map(schedule.time) == [1.0 / 3, 2.0 / 3, 1])
    #expect(schedule.posteriorMean(1).x0 == 1 && schedule.posteriorMean(1).xt == 0)
  }

  @Test func aStridedScheduleKeepsWhatIsLeftOfTheDataAtItsStops() {
    let whole = NoiseSchedule.cosine(steps: 1000)
    let strided = whole.strided(to: 10)
    expectClose(strided.steps.map(strided.alphaBar), ScheduleReference.stridedAlphaBar)
    expectClose(strided.betas, ScheduleReference.stridedBetas)
    expectClose(strided.steps.map(strided.time), (1...10).map { Double($0) / 10 })
    #expect(whole.strided(to: 1000) == whole)
  }

  @Test(arguments: [StepSpacing.uniform, .quadratic, .logSignalToNoise])
  func everySpacingEndsInNoiseAndNeverStandsStill(_ spacing: StepSpacing) {
    let whole = NoiseSchedule.cosine(steps: 100)
    for count in [1, 2, 7, 50, 99] {
      let strided = whole.strided(to: count, spacing: spacing)
      #expect(strided.stepCount == count)
      #expect(strided.time(count) == 1)
      expectClose([strided.alphaBar(count)], [whole.alphaBar(100)], relative: 1e-6)
      #expect(zip(strided.steps, strided.steps.dropFirst()).allSatisfy { strided.time($0) < strided.time($1) })
    }
  }

  @Test func theRightQuadraticScheduleAndOneThatSquaresItsEndPoints() {
    #expect((NoiseSchedule.quadratic(steps: 200).alphaBar(200) - 0.2355).magnitude < 5e-5)
    let (low, high) = (1e-4 * 1e-4, 0.02 * 0.02)
    let squared = (0..<200).map { index in
      let root = low + (high - low) * Double(index) / 199
      return root * root
    }
    #expect((NoiseSchedule(betas: squared).alphaBar(200) - 0.99999).magnitude < 5e-6)
  }

  /// Published betas and the audit's word on each.
  @Test func theAuditFlagsSchedulesThatStopShort() {
    let ddpm = NoiseSchedule.linear(steps: 1000)
    #expect((ddpm.audit(meanSquare: 1).priorBits - 2.9e-5).magnitude < 5e-7)
    #expect((ddpm.audit(meanSquare: 0.24).priorBits - 7.0e-6).magnitude < 5e-8)
    #expect(ddpm.audit().verdict == .reachesNoise)
    #expect(NoiseSchedule.cosine(steps: 100).audit().verdict == .reachesNoise)
    #expect(NoiseSchedule.scaledLinear(steps: 50).audit().verdict == .reachesNoise)
    for (schedule, alphaBar) in [
      (NoiseSchedule.linear(steps: 200), 0.132), (.linear(steps: 50), 0.603),
      (.linear(steps: 100, from: 1e-4, to: 0.03), 0.2186),
    ] {
      let audit = schedule.audit()
      #expect((audit.finalAlphaBar - alphaBar).magnitude < 5e-4)
      #expect(audit.verdict == .stopsShort)
      #expect(audit.idleSteps == 0)
    }
    #expect(
      NoiseSchedule.linear(steps: 200).audit().words
        == "stops short of noise: 36 % of the data's amplitude is left at step 200, so samples begin where no training "
        + "example was; take more steps, or scale the betas by 1000 / T")
    #expect(ddpm.audit().words == "reaches noise: 0.6 % of the data's amplitude is left at step 1000")
  }
}
