import TensorCore
import Testing

/// A job of the pool as seen from outside: every element is the sum of a row, whoever computes it.
private func rowSums(_ rows: Int, seed: UInt64) -> (expected: [Float], job: @Sendable () -> [Float]) {
  var random = RandomGenerator(seed: seed)
  let matrix = random.normal(shape: [rows, 64])
  let factors = random.normal(shape: [64, 40])
  let job: @Sendable () -> [Float] = { matmul(matrix, factors).scalars.map { $0 } }
  return (job(), job)
}

/// Many jobs, from many threads, while the number of threads changes: every one is done, once.
extension ThreadTests {
  @Test func everyTaskRunsExactlyOnce() {
    let wanted = ThreadPool.threadCount
    for threads in [1, 2, 3, 8] {
      ThreadPool.use(threads: threads)
      for count in [1, 2, 3, 5, 16, 100, 1_000] {
        let runs = Counts(count)
        for _ in 0..<200 { ThreadPool.run(count) { runs.add(at: $0) } }
        #expect(runs.all.allSatisfy { $0 == 200 }, "\(count) tasks, \(threads) threads: \(runs.all)")
      }
    }
    ThreadPool.use(threads: wanted)
  }

  @Test func aTaskMayHaveJobsOfItsOwn() {
    let wanted = ThreadPool.threadCount
    ThreadPool.use(threads: 3)
    let runs = Counts(20 * 30)
    for _ in 0..<100 {
      ThreadPool.run(20) { outer in ThreadPool.run(30) { inner in runs.add(at: outer * 30 + inner) } }
    }
    #expect(runs.all.allSatisfy { $0 == 100 })
    ThreadPool.use(threads: wanted)
  }

  /// More callers and workers than any machine has cores, so that workers lose their cores in the middle of tasks.
  @Test func callersFromManyThreadsWhileTheNumberOfThreadsChanges() async {
    let wanted = ThreadPool.threadCount
    let (expected, job) = rowSums(300, seed: 4)
    await withTaskGroup(of: Int.self) { group in
      for caller in 0..<12 {
        group.addTask {
          var wrong = 0
          for step in 0..<300 {
            if caller == 0 { ThreadPool.use(threads: 1 + step % 9) }
            if job() != expected { wrong += 1 }
          }
          return wrong
        }
      }
      for await wrong in group { #expect(wrong == 0) }
    }
    ThreadPool.use(threads: wanted)
  }

  @Test func jobsAfterPausesFindTheirWorkersAsleep() async throws {
    let wanted = ThreadPool.threadCount
    ThreadPool.use(threads: 2)
    let (expected, job) = rowSums(300, seed: 5)
    for _ in 0..<50 {
      #expect(job() == expected)
      try await Task.sleep(for: .milliseconds(1))
    }
    ThreadPool.use(threads: wanted)
  }
}

/// How often each task ran. The threads write to different elements or one after another; a lost update would show as a
/// wrong count, which is what is tested.
private final class Counts: @unchecked Sendable {
  private let counts: UnsafeMutablePointer<Int>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    counts = .allocate(capacity: count)
    counts.initialize(repeating: 0, count: count)
  }

  deinit { counts.deallocate() }

  func add(at index: Int) { counts[index] += 1 }
  var all: [Int] { (0..<count).map { counts[$0] } }
}
