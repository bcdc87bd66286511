internal import Glibc

/// A child process that is spoken to over one socket, which is its standard input and output.
///
/// The socket closes with the parent, however the parent ends, and so ends the child. The child is killed and reaped in
/// `deinit`.
final class ServerProcess {
  enum Failure: Error, Equatable {
    case notStarted(reason: String)
    /// The child closed its end.
    case ended
    case timedOut
  }

  private let process: pid_t
  private let socket: Int32
  private var received: [UInt8] = []
  private var deadline: ContinuousClock.Instant = .now

  /// Starts the program at `path`; its standard error is dropped.
  init(path: String) throws(Failure) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw .notStarted(reason: String(cString: strerror(errno)))
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var child: pid_t = 0
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(path), nil]
    defer { free(arguments[0]) }
    let status = posix_spawn(&child, path, &actions, nil, &arguments, environ)
    close(ends[1])
    guard status == 0 else {
      close(ends[0])
      throw .notStarted(reason: String(cString: strerror(status)))
    }
    process = child
    socket = ends[0]
  }

  deinit {
    close(socket)
    kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) == -1 && errno == EINTR {}
  }

  /// From now on, sending and receiving fail when `duration` has passed.
  func limit(to duration: Duration) { deadline = .now + duration }

  func send(_ bytes: [UInt8]) throws(Failure) {
    var sent = 0
    while sent < bytes.count {
      try wait(for: Int16(POLLOUT))
      let count = bytes.withUnsafeBytes { buffer in
        // Without MSG_NOSIGNAL a server that is gone would end this process by SIGPIPE.
        Glibc.send(
          socket, buffer.baseAddress?.advanced(by: sent), bytes.count - sent,
          Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      }
      if count > 0 { sent += count } else if errno != EAGAIN && errno != EINTR { throw .ended }
    }
  }

  /// The bytes up to and without `separator`.
  func receive(through separator: [UInt8]) throws(Failure) -> [UInt8] {
    while true {
      if let start = received.firstRange(of: separator) {
        defer { received.removeSubrange(..<start.upperBound) }
        return Array(received[..<start.lowerBound])
      }
      try receiveMore()
    }
  }

  func receive(count: Int) throws(Failure) -> [UInt8] {
    while received.count < count { try receiveMore() }
    defer { received.removeSubrange(..<count) }
    return Array(received[..<count])
  }

  private func receiveMore() throws(Failure) {
    try wait(for: Int16(POLLIN))
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    if count > 0 {
      received.append(contentsOf: buffer[..<count])
    } else if count == 0 || errno != EAGAIN && errno != EINTR {
      throw .ended
    }
  }

  private func wait(for events: Int16) throws(Failure) {
    let left = ContinuousClock.now.duration(to: deadline)
    guard left > .zero else { throw .timedOut }
    var descriptor = pollfd(fd: socket, events: events, revents: 0)
    let milliseconds = left.components.seconds * 1_000 + left.components.attoseconds / 1_000_000_000_000_000
    if poll(&descriptor, 1, Int32(clamping: milliseconds + 1)) == 0 { throw .timedOut }
  }
}
