internal import Foundation
internal import Glibc

/// The processes that a lesson's code started, found by a mark that they inherit. A process group does not hold them
/// all: Foundation's `Process`, for one, makes a group for each program it starts.
struct Descendants {
  static let variable = "WALKTHROUGH_RUN"

  /// The value that marks this run's processes.
  let mark = UUID().uuidString

  /// Ends those that still run. New ones may have been started meanwhile, so it looks again until there are none.
  func end() {
    for _ in 0..<100 {
      let living = living()
      guard !living.isEmpty else { return }
      for process in living { kill(process, SIGKILL) }
      usleep(1_000)
    }
  }

  private func living() -> [pid_t] {
    let wanted = Array("\(Self.variable)=\(mark)".utf8)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap(pid_t.init).filter { process in
      // Another user's processes cannot be read, and are not ours; a process that has ended has nothing to read.
      guard let environment = FileManager.default.contents(atPath: "/proc/\(process)/environ") else { return false }
      return environment.split(separator: 0).contains { $0.elementsEqual(wanted) }
    }
  }
}
