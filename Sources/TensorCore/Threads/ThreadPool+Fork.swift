#if !arch(wasm32)
  internal import CKernels

  extension ThreadPool {
    /// Forgets the workers of the process that this one is a copy of: a copy has no thread but the one that called `fork`,
    /// and a job would be shared with nobody. New workers start with the next job.
    ///
    /// Only for a process that has just been copied by a thread that was running no job.
    package static func startAnew() {
      let state = state
      let started = Int(wt_load_acquire(state + Word.started))
      for worker in 1..<started + 1 { wt_store_ordered(state + Word.isInside(worker), 0) }
      // An even phase is a closed one; the next job opens the next.
      let phase = wt_load_acquire(state + Word.phase)
      wt_store_ordered(state + Word.phase, phase & 1 == 0 ? phase : phase &+ 1)
      for word in [Word.started, Word.sleepers, Word.inside, Word.callerSleeps, Word.busy] {
        wt_store_ordered(state + word, 0)
      }
    }
  }
#endif
