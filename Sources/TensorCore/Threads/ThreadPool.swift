#if !arch(wasm32)
  internal import CKernels

  /// The threads that share a large operation with the calling one.
  ///
  /// A job is a number of tasks; every participant takes the next task until none is left. No result depends on who
  /// runs what. Handing over costs a tenth of a microsecond while the workers are awake: they watch for the next job
  /// for a short while and then sleep on a futex. The caller does the same while it waits for the last task, so that on
  /// a loaded machine its core is free for whoever is behind; and when it had to wait longer than the job took, it works
  /// alone for a while: a worker without a core of its own is no help.
  package enum ThreadPool {
    /// How many threads take part, the calling one included: `WALKTHROUGH_THREADS`, or else the number of cores.
    package static var threadCount: Int { Int(wt_load_acquire(state + Word.limit)) }

    /// Uses this many threads from now on, for tests and measurements.
    package static func use(threads: Int) {
      if threads < 1 || threads > maximum { trap("ThreadPool", "cannot use " + String(threads) + " threads") }
      wt_store_ordered(state + Word.limit, UInt32(threads))
    }

    private static let maximum = 256
    /// How long a waiting thread stays awake, in nanoseconds.
    private static let patience: UInt64 = 40_000

    /// The shared words, a cache line apart.
    private enum Word {
      static let limit = 0
      static let started = 1
      /// 1 while some thread runs a job.
      static let busy = 16
      /// Odd while a job is open to workers.
      static let phase = 32
      static let sleepers = 48
      /// 1 while the caller sleeps until `inside` is 0.
      static let callerSleeps = 49
      /// Workers that may be running tasks.
      static let inside = 64
      /// The next task.
      static let next = 80
      static let all = 96
    }

    private struct Job {
      var body: (Int) -> Void
      var count: Int
    }

    /// The words and the job: process-wide by nature, since the machine's cores are. Made at first use, never freed,
    /// because the workers watch them until the process ends. Every word is accessed atomically. `job` and `aloneUntil`
    /// belong to whoever holds `busy`; workers read `job` only between entering (`inside`) and leaving an open phase,
    /// and the holder waits for them to leave before it writes again.
    nonisolated(unsafe) private static let state: UnsafeMutablePointer<UInt32> = {
      let words = UnsafeMutablePointer<UInt32>.allocate(capacity: Word.all)
      words.initialize(repeating: 0, count: Word.all)
      let wanted = wt_environment_number("WALKTHROUGH_THREADS")
      let threads = wanted > 0 ? wanted : wt_available_cores()
      words[Word.limit] = UInt32(Swift.min(Int(threads), maximum))
      return words
    }()
    nonisolated(unsafe) private static var job = Job(body: { _ in }, count: 0)
    nonisolated(unsafe) private static var aloneUntil: UInt64 = 0

    /// Calls `body` once for each index below `count`, on several threads.
    static func run(_ count: Int, _ body: (Int) -> Void) {
      let state = state
      let limit = wt_load_acquire(state + Word.limit)
      // A second caller, or a task that has parallel work of its own, does it alone.
      guard limit > 1, count > 1, wt_exchange(state + Word.busy, 1) == 0 else {
        for index in 0..<count { body(index) }
        return
      }
      let start = wt_nanoseconds()
      if start < aloneUntil {
        wt_store_release(state + Word.busy, 0)
        for index in 0..<count { body(index) }
        return
      }
      startWorkers(limit - 1)
      withoutActuallyEscaping(body) { body in
        job = Job(body: body, count: count)
        wt_store_ordered(state + Word.next, 0)
        let phase = wt_load_acquire(state + Word.phase) &+ 1
        wt_store_ordered(state + Word.phase, phase)
        if wt_load_ordered(state + Word.sleepers) > 0 { wt_wake(state + Word.phase, Int32(limit - 1)) }
        while true {
          let index = Int(wt_fetch_add(state + Word.next, 1))
          if index >= count { break }
          body(index)
        }
        wt_store_ordered(state + Word.phase, phase &+ 1)
        if wt_load_ordered(state + Word.inside) != 0 { waitForWorkers(since: start) }
        job = Job(body: { _ in }, count: 0)
      }
      wt_store_release(state + Word.busy, 0)
    }

    /// Waits until no worker is inside, and decides whether to go on alone.
    @inline(never)
    private static func waitForWorkers(since start: UInt64) {
      let inside = state + Word.inside
      let drained = wt_nanoseconds()
      var now = drained
      while wt_load_ordered(inside) != 0 {
        wt_pause()
        now = wt_nanoseconds()
        if now - drained < patience { continue }
        wt_store_ordered(state + Word.callerSleeps, 1)
        let left = wt_load_ordered(inside)
        if left != 0 { wt_sleep_while(inside, left) }
        wt_store_ordered(state + Word.callerSleeps, 0)
      }
      let waited = now - drained
      if waited > patience && waited > drained - start { aloneUntil = now + Swift.min(20 * waited, 100_000_000) }
    }

    private static func startWorkers(_ wanted: UInt32) {
      let started = state + Word.started
      while started.pointee < wanted {
        let number = UnsafeMutableRawPointer(bitPattern: Int(started.pointee) + 1)
        if !wt_start_thread({ ThreadPool.work(Int(bitPattern: $0) - 1) }, number) {
          // The system has no thread to spare: go on with those that there are.
          wt_store_ordered(state + Word.limit, started.pointee + 1)
          return
        }
        started.pointee += 1
      }
    }

    /// A worker's life.
    private static func work(_ number: Int) {
      let state = state
      var last: UInt32 = 0
      while true {
        let phase = waitForJob(after: last)
        last = phase
        if number + 1 >= Int(wt_load_acquire(state + Word.limit)) { continue }
        _ = wt_fetch_add(state + Word.inside, 1)
        // Having entered, look again: either the job is still open, and the caller will wait, or it was closed.
        if wt_load_ordered(state + Word.phase) & 1 == 1 { takeTasks() }
        if wt_fetch_subtract(state + Word.inside, 1) == 1 && wt_load_ordered(state + Word.callerSleeps) == 1 {
          wt_wake(state + Word.inside, 1)
        }
      }
    }

    @inline(never)
    private static func takeTasks() {
      let next = state + Word.next
      let job = job
      while true {
        let index = Int(wt_fetch_add(next, 1))
        if index >= job.count { return }
        job.body(index)
      }
    }

    /// The phase of a job that is open and is not the last one seen.
    private static func waitForJob(after last: UInt32) -> UInt32 {
      let word = state + Word.phase
      var start = wt_nanoseconds()
      while true {
        for _ in 0..<64 {
          let phase = wt_load_acquire(word)
          if phase & 1 == 1 && phase != last { return phase }
          wt_pause()
        }
        if wt_nanoseconds() - start < patience { continue }
        _ = wt_fetch_add(state + Word.sleepers, 1)
        let phase = wt_load_ordered(word)
        if phase & 1 == 0 || phase == last { wt_sleep_while(word, phase) }
        _ = wt_fetch_subtract(state + Word.sleepers, 1)
        start = wt_nanoseconds()
      }
    }
  }
#endif
