internal import Glibc

/// A tool run to its end, with what it wrote.
struct Command: Sendable {
  var executable: String
  var arguments: [String]
  var directory: String
  var environment: [String: String]

  struct Result: Sendable {
    var ending: ChildProcess.Ending
    var output: String
    var errors: String

    var succeeded: Bool { ending == .exited(0) }
  }

  /// The command is ended when the task is cancelled; its result is then that of the killed process.
  func run() async throws(SystemError) -> Result {
    try await onOwnThread { (cancellation) throws(SystemError) in try runBlocking(cancellation) }
  }

  private func runBlocking(_ cancellation: Cancellation) throws(SystemError) -> Result {
    let child = try ChildProcess(
      executable, arguments, environment: environment, directory: directory, channel: false)
    var output: [UInt8] = []
    var errors: [UInt8] = []
    var entries = [
      pollfd(fd: child.output.number, events: Int16(POLLIN), revents: 0),
      pollfd(fd: child.errors.number, events: Int16(POLLIN), revents: 0),
      pollfd(fd: cancellation.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    while entries[0].fd >= 0 || entries[1].fd >= 0, !cancellation.isRequested {
      guard poll(&entries, nfds_t(entries.count), -1) >= 0 || errno == EINTR else { break }
      if entries[0].revents != 0 { Self.read(child.output, into: &output, entry: &entries[0]) }
      if entries[1].revents != 0 { Self.read(child.errors, into: &errors, entry: &entries[1]) }
    }
    // Both ends are closed: the tool is at its end, if it was not stopped.
    if !cancellation.isRequested { child.waitUntilEnded() }
    return Result(
      ending: child.reap(), output: String(decoding: output, as: UTF8.self),
      errors: String(decoding: errors, as: UTF8.self))
  }

  private static func read(_ source: borrowing Descriptor, into bytes: inout [UInt8], entry: inout pollfd) {
    switch source.read() {
    case .bytes(let more): bytes += more
    case .nothingNow: break
    case .end: entry.fd = -1
    }
  }
}

extension ChildProcess {
  /// Waits for the end but leaves the child to be reaped.
  func waitUntilEnded() {
    var information = siginfo_t()
    while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
  }
}
