#if !arch(wasm32)
  internal import CKernels

  /// The threads that share a large operation with the calling one.
  ///
  /// A job is a number of tasks. Each participant has a part of them, neighbours, and takes the others' when it is done
  /// with its own: so the same core works on the same rows in one operation after another, and finds them in its own
  /// cache. No result depends on who runs what.
  ///
  /// Handing over costs a tenth of a microsecond while the workers are awake: they watch for the next job for a short
  /// while and then sleep on a futex. On a loaded machine that is not enough, because a worker that loses its core in
  /// the middle of a task keeps the caller waiting for a whole time slice. Three rules are for that case:
  /// the caller never waits for a worker that has not begun; for one that has, it waits about as long as its task should
  /// take, then has it moved to its own core and sleeps; and an account is kept of the time that sharing has won and
  /// lost (see ``Account``), which sends jobs to the calling thread alone while it is overdrawn.
  package enum ThreadPool {
    /// How many threads take part, the calling one included: `WALKTHROUGH_THREADS`, or else the number of cores.
    package static var threadCount: Int { Int(wt_load_acquire(limit)) }

    /// Uses this many threads from now on, for tests and measurements.
    package static func use(threads: Int) {
      if threads < 1 || threads > maximum { trap("ThreadPool", "cannot use " + String(threads) + " threads") }
      wt_store_ordered(limit, UInt32(threads))
    }

    /// Uses from now on as many threads as a word says that another process may change: a copy of this one, or the process
    /// that this one is a copy of. Only while no job is running.
    package static func follow(_ word: UnsafeMutablePointer<UInt32>) { limit = word }

    static let maximum = 256
    /// How long a worker stays awake for the next job, in nanoseconds: longer than what a training step does between
    /// two, since a core that was let go takes as long to come back as the step's whole arithmetic.
    static let patience: UInt64 = 200_000
    /// What the caller waits for a worker beyond the time that its task should take, in nanoseconds.
    private static let grace: UInt64 = 20_000

    /// The shared words, a cache line apart.
    enum Word {
      static let limit = 0
      static let started = 1
      /// The core that the caller runs on, plus 1.
      static let callerCore = 2
      /// 1 while some thread runs a job.
      static let busy = 16
      /// Odd while a job is open to workers.
      static let phase = 32
      static let sleepers = 48
      /// 1 while the caller sleeps until `inside` is 0.
      static let callerSleeps = 49
      /// Workers that may be running tasks.
      static let inside = 64
      /// For each participant, a line: how many tasks of its part are taken, and, of a worker, its thread's number and
      /// whether it is inside.
      static func taken(_ participant: Int) -> Int { 80 + 16 * participant }
      static func thread(_ participant: Int) -> Int { taken(participant) + 1 }
      static func isInside(_ participant: Int) -> Int { taken(participant) + 2 }
      static let all = 80 + 16 * maximum
    }

    struct Job {
      var body: (Int) -> Void
      var count: Int
      /// The participants that the tasks are dealt to.
      var parts: Int

      static var none: Job { Job(body: { _ in }, count: 0, parts: 0) }

      /// Runs tasks until none is left, first those of the participant's own part. Gives the number run.
      func take(as participant: Int, _ state: UnsafeMutablePointer<UInt32>) -> Int {
        var done = 0
        for step in 0..<parts {
          let part = (participant + step) % parts
          let end = (part + 1) * count / parts
          while true {
            let index = part * count / parts + Int(wt_fetch_add(state + Word.taken(part), 1))
            if index >= end { break }
            body(index)
            done += 1
          }
        }
        return done
      }
    }

    /// The words, the job and the account: process-wide by nature, since the machine's cores are. Made at first use,
    /// never freed, because the workers watch them until the process ends. Every word is accessed atomically. `job` and
    /// `account` belong to whoever holds `busy`; workers read `job` only between entering (`inside`) and leaving an open
    /// phase, and the holder waits for them to leave before it writes again.
    nonisolated(unsafe) static let state: UnsafeMutablePointer<UInt32> = {
      let words = UnsafeMutablePointer<UInt32>.allocate(capacity: Word.all)
      words.initialize(repeating: 0, count: Word.all)
      let wanted = wt_environment_number("WALKTHROUGH_THREADS")
      let threads = wanted > 0 ? wanted : wt_available_cores()
      words[Word.limit] = UInt32(Swift.min(Int(threads), maximum))
      return words
    }()
    /// Where the number of threads stands: among the words, or in memory that copies of this process share.
    nonisolated(unsafe) private static var limit = state + Word.limit
    nonisolated(unsafe) static var job = Job.none
    nonisolated(unsafe) private static var account = Account()

    /// Calls `body` once for each index below `count`, on several threads.
    package static func run(_ count: Int, _ body: (Int) -> Void) {
      let state = state
      let limit = threadCount
      // A second caller, or a task that has parallel work of its own, does it alone.
      guard limit > 1, count > 1, wt_exchange(state + Word.busy, 1) == 0 else {
        for index in 0..<count { body(index) }
        return
      }
      let start = wt_nanoseconds()
      if !account.allowsSharing(at: start) {
        wt_store_release(state + Word.busy, 0)
        for index in 0..<count { body(index) }
        return
      }
      startWorkers(limit - 1)
      withoutActuallyEscaping(body) { body in
        job = Job(body: body, count: count, parts: limit)
        for part in 0..<limit { wt_store_ordered(state + Word.taken(part), 0) }
        wt_store_ordered(state + Word.callerCore, UInt32(truncatingIfNeeded: wt_current_core() + 1))
        let phase = wt_load_acquire(state + Word.phase) &+ 1
        wt_store_ordered(state + Word.phase, phase)
        var opened = start
        if wt_load_ordered(state + Word.sleepers) > 0 {
          wt_wake(state + Word.phase, Int32(limit - 1))
          opened = wt_nanoseconds()
        }
        let own = job.take(as: 0, state)
        wt_store_ordered(state + Word.phase, phase &+ 1)
        let drained = wt_nanoseconds()
        let task = (drained - opened) / UInt64(Swift.max(own, 1))
        var end = drained
        if wt_load_ordered(state + Word.inside) != 0 { end = waitForWorkers(since: drained, task: task) }
        account.book(won: UInt64(count - own) * task, lost: end - drained + (opened - start))
        job = .none
      }
      wt_store_release(state + Word.busy, 0)
    }

    /// Waits until no worker is inside; gives the time when that was so.
    ///
    /// - Parameters:
    ///   - drained: when the last task was taken.
    ///   - task: how long a task takes.
    @inline(never)
    private static func waitForWorkers(since drained: UInt64, task: UInt64) -> UInt64 {
      let state = state
      let inside = state + Word.inside
      let expected = 2 * task + grace
      var now = drained
      while wt_load_ordered(inside) != 0 {
        wt_pause()
        now = wt_nanoseconds()
        if now - drained < expected { continue }
        // Longer than any task should take: its worker waits for a core. Here is one.
        let started = Int(wt_load_acquire(state + Word.started))
        var pulled: [Int32] = []
        for worker in 1..<started + 1 where wt_load_ordered(state + Word.isInside(worker)) == 1 {
          pulled.append(Int32(bitPattern: wt_load_acquire(state + Word.thread(worker))))
        }
        wt_store_ordered(state + Word.callerSleeps, 1)
        for thread in pulled { wt_pull_thread(thread) }
        while true {
          let left = wt_load_ordered(inside)
          if left == 0 { break }
          wt_sleep_while(inside, left)
        }
        wt_store_ordered(state + Word.callerSleeps, 0)
        for thread in pulled { wt_free_thread(thread) }
        now = wt_nanoseconds()
      }
      return now
    }

    private static func startWorkers(_ wanted: Int) {
      let started = state + Word.started
      while Int(started.pointee) < wanted {
        let number = UnsafeMutableRawPointer(bitPattern: Int(started.pointee) + 1)
        if !wt_start_thread({ ThreadPool.work(as: Int(bitPattern: $0)) }, number) {
          // The system has no thread to spare: go on with those that there are.
          wt_store_ordered(limit, started.pointee + 1)
          return
        }
        wt_store_ordered(started, started.pointee + 1)
      }
    }
  }
#endif
