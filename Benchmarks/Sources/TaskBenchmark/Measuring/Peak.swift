import CPeak
import Foundation

/// The most multiply-adds a second that the cores can do: each core alone in registers, all of them at once.
enum Peak {
  /// Operations a second of `threads` cores together, in GFLOP/s: the best of several tries.
  static func measure(threads: Int) -> Double {
    var best = 0.0
    for _ in 0..<5 {
      let group = DispatchGroup()
      let clock = ContinuousClock()
      let rounds = 20_000_000
      let time = clock.measure {
        for _ in 0..<threads {
          DispatchQueue.global().async(group: group) { _ = wt_multiply_adds(rounds) }
        }
        group.wait()
      }
      let operations = wt_multiply_adds(1) * Double(rounds) * Double(threads)
      best = max(best, operations / microseconds(time) / 1e3)
    }
    return best
  }
}
