internal import CChildProcess
internal import Glibc

/// A program under way in a process group of its own, with pipes on its standard output and error, nothing on its
/// standard input, and, when asked for, a socket on its descriptor 3.
struct ChildProcess: ~Copyable {
  static let channelNumber = 3

  let identifier: pid_t
  let output: Descriptor
  let errors: Descriptor
  let channel: Descriptor

  init(
    _ executable: String, _ arguments: [String], environment: [String: String], directory: String, channel: Bool
  ) throws(SystemError) {
    let argumentCopies = ([executable] + arguments).map { strdup($0) } + [nil]
    let environmentCopies = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for copy in argumentCopies + environmentCopies { free(copy) } }
    var child = walkthrough_child()
    let code = walkthrough_spawn(
      executable, argumentCopies, environmentCopies, directory, channel ? 1 : 0, &child)
    guard code == 0 else { throw SystemError("cannot start \(executable)", code: code) }
    identifier = child.identifier
    output = Descriptor(owning: child.output)
    errors = Descriptor(owning: child.errors)
    self.channel = Descriptor(owning: child.channel)
  }

  /// Ends the child and all that it started. Harmless when they have ended.
  func killGroup() { kill(-identifier, SIGKILL) }

  func send(_ signal: Int32) { kill(identifier, signal) }

  func limitMemory(bytes: Int) { walkthrough_limit_memory(identifier, UInt64(bytes)) }

  /// Ends whatever is left of the group, waits for the child and says how it ended. Must be called once.
  consuming func reap() -> Ending {
    // As long as the child is not waited for, its number and its group are its own.
    killGroup()
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
  }

  enum Ending: Equatable, Sendable {
    case exited(Int32)
    case signalled(Int32)
  }
}
