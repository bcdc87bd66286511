#if !arch(wasm32)
  internal import CKernels

  extension ThreadPool {
    /// A worker's life.
    ///
    /// - Parameter participant: its number, from 1; the caller is 0.
    static func work(as participant: Int) {
      let state = state
      wt_store_ordered(state + Word.thread(participant), UInt32(bitPattern: wt_thread_number()))
      var last: UInt32 = 0
      var isTired = false
      while true {
        last = waitForJob(after: last, staysAwake: !isTired)
        wt_store_ordered(state + Word.isInside(participant), 1)
        _ = wt_fetch_add(state + Word.inside, 1)
        // Having entered, look again: either the job is still open, and the caller will wait, or it was closed.
        if wt_load_ordered(state + Word.phase) & 1 == 1 { takeTasks(as: participant) }
        wt_store_ordered(state + Word.isInside(participant), 0)
        let left = wt_fetch_subtract(state + Word.inside, 1)
        // A caller that sleeps has lent its core: give it back.
        isTired = wt_load_ordered(state + Word.callerSleeps) == 1
        if isTired {
          if left == 1 { wt_wake(state + Word.inside, 1) }
          if isOnCallersCore { wt_leave_core() }
        }
      }
    }

    @inline(never)
    private static func takeTasks(as participant: Int) {
      let job = job
      if participant < job.parts { _ = job.take(as: participant, state) }
    }

    /// The phase of a job that is open and is not the last one seen.
    private static func waitForJob(after last: UInt32, staysAwake: Bool) -> UInt32 {
      let word = state + Word.phase
      var start = wt_nanoseconds()
      var staysAwake = staysAwake
      while true {
        while staysAwake {
          for _ in 0..<64 {
            let phase = wt_load_acquire(word)
            if phase & 1 == 1 && phase != last { return phase }
            wt_pause()
          }
          // Waiting on the caller's own core would keep it from what is waited for. The system wakes threads there, and
          // leaves them there even while other cores idle.
          if isOnCallersCore { wt_leave_core() }
          staysAwake = wt_nanoseconds() - start < patience && !isOnCallersCore
        }
        _ = wt_fetch_add(state + Word.sleepers, 1)
        let phase = wt_load_ordered(word)
        if phase & 1 == 0 || phase == last { wt_sleep_while(word, phase) }
        _ = wt_fetch_subtract(state + Word.sleepers, 1)
        start = wt_nanoseconds()
        staysAwake = true
      }
    }

    private static var isOnCallersCore: Bool {
      let core = wt_current_core()
      return core >= 0 && wt_load_acquire(state + Word.callerCore) == UInt32(core) + 1
    }
  }
#endif
