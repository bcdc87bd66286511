#if !arch(wasm32)
  extension ThreadPool {
    /// What sharing jobs has won and lost, in nanoseconds.
    ///
    /// A job books what its workers' tasks would have taken the caller, against what the caller spent on waking and
    /// waiting for them. Time itself adds a thirty-second part. When the balance is spent the caller works alone until
    /// there is enough for another trial. So whatever the workers' cores are busy with, all jobs together take at most a
    /// thirty-second more than one thread would need, and `most`; and what was lost is forgotten after thirty-two times
    /// as long.
    struct Account {
      /// Wins do not pile up beyond this, so that a neighbour who comes is noticed within milliseconds.
      private static let most: Int64 = 1_000_000
      /// What a trial may cost. A core that sleeps takes some jobs to wake up, so one job tells nothing.
      private static let trial: Int64 = 200_000
      /// Nor do losses (a stopped process, a suspended machine).
      private static let least: Int64 = -2_000_000

      private var balance = Account.most
      private var seen: UInt64 = 0
      private var isOpen = true

      mutating func allowsSharing(at now: UInt64) -> Bool {
        add(Int64(clamping: (now - seen) / 32))
        seen = now
        isOpen = balance > (isOpen ? 0 : Account.trial)
        return isOpen
      }

      mutating func book(won: UInt64, lost: UInt64) {
        add(Int64(clamping: won) - Int64(clamping: lost))
      }

      private mutating func add(_ time: Int64) {
        balance = Swift.max(Account.least, Swift.min(Account.most, balance + Swift.min(time, Account.most)))
      }
    }
  }
#endif
