import TensorCore
import Testing
import TrainingRuns

/// This build's bits, with one thread and with two. `scripts/check-reproducibility` asks the same of other builds, and
/// `scripts/check-embedded` of WebAssembly.
@Suite(.serialized) struct TrainingRunTests {
  @Test(arguments: TrainingRun.allCases, [1, 2])
  func theBitsAreTheExpectedOnes(run: TrainingRun, threads: Int) {
    let before = ThreadPool.threadCount
    defer { ThreadPool.use(threads: before) }
    ThreadPool.use(threads: threads)
    #expect(run.run().fingerprint.value == run.expected)
  }

  @Test(arguments: [TrainingRun.dense, .images, .critic])
  func theTrainingsLearn(run: TrainingRun) throws {
    let losses = run.run().losses
    let first = try #require(losses.first)
    #expect(losses.allSatisfy { $0.isFinite })
    #expect(try #require(losses.last) < first * 0.9)
  }
}
