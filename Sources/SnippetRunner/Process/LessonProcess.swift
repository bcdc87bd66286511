internal import Glibc
internal import SnippetProtocol

/// What bounds a running lesson, so that no mistake in one ends in a machine that must be rescued.
struct ProcessLimits: Sendable {
  /// Seconds for a cell; nil stands for what is outside of all cells.
  var seconds: @Sendable (Int?) -> Double
  /// Bytes of text that a cell may print.
  var outputBytes: Int
  /// Bytes of shown values of a cell.
  var shownBytes: Int
  /// Bytes of private writable memory.
  var memoryBytes: Int
}

/// One child that runs a lesson: starts it, listens, answers its records, and ends it.
///
/// The order of what arrives is certain: the child waits after each record, and before the answer its standard output
/// and error are read until they are empty.
struct LessonProcess: Sendable {
  enum Event {
    case text(CellOutput.Stream, [UInt8])
    case record(Record)
  }

  enum Answer { case goOn, leave }

  enum Stop: Equatable, Sendable {
    case time(seconds: Double)
    case output(bytes: Int)
    case shown(bytes: Int)
    case cancelled
    case unreadableRecord(WireError)
    case cannotStart(String)
  }

  struct Ending: Equatable, Sendable {
    var process: ChildProcess.Ending
    /// Why the lesson was stopped, if it was.
    var stop: Stop?
  }

  var executable: String
  var directory: String
  var environment: [String: String]
  var limits: ProcessLimits

  /// How long a lesson that must stop may take to say where it is.
  private static let grace = 2.0

  func run(
    _ cancellation: Cancellation, handle: (Event) -> Answer
  ) throws(SystemError) -> Ending {
    var environment = environment
    environment[ChannelEnvironment.descriptor] = String(ChildProcess.channelNumber)
    let descendants = Descendants()
    environment[Descendants.variable] = descendants.mark
    defer { descendants.end() }
    let child = try ChildProcess(executable, [], environment: environment, directory: directory, channel: true)
    child.limitMemory(bytes: limits.memoryBytes)
    let stop = listen(to: child, cancellation, handle)
    return Ending(process: child.reap(), stop: stop)
  }

  /// Returns when the child has closed its channel, or must be ended.
  private func listen(to child: borrowing ChildProcess, _ cancellation: Cancellation, _ handle: (Event) -> Answer)
    -> Stop?
  {
    var budget = CellBudget(limits: limits)
    var frames = RecordFrames()
    var stop: Stop?
    var graceEnd = Double.infinity
    var isOpen = (output: true, errors: true)

    // Asks the lesson where it is; the answer is its last record.
    func begin(_ reason: Stop) {
      guard stop == nil else { return }
      stop = reason
      graceEnd = monotonicSeconds() + Self.grace
      child.send(SIGXCPU)
    }
    func take(_ stream: CellOutput.Stream, _ source: borrowing Descriptor) -> Bool {
      while true {
        switch source.read() {
        case .nothingNow: return true
        case .end: return false
        case .bytes(let bytes):
          if stop != nil { continue }
          // Not a byte more than the limit, so that the result does not depend on how the text arrived.
          let allowed = budget.spend(text: bytes.count)
          if allowed > 0 { _ = handle(.text(stream, Array(bytes.prefix(allowed)))) }
          if allowed < bytes.count { begin(.output(bytes: limits.outputBytes)) }
        }
      }
    }

    while true {
      if cancellation.isRequested { return .cancelled }
      let now = monotonicSeconds()
      if now >= graceEnd { return stop }
      if stop == nil, now >= budget.deadline { begin(.time(seconds: budget.seconds)) }
      var entries = [
        pollfd(fd: isOpen.output ? child.output.number : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isOpen.errors ? child.errors.number : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: child.channel.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: cancellation.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      let wait = max(0, min(stop == nil ? budget.deadline : graceEnd, now + 3600) - now)
      guard poll(&entries, nfds_t(entries.count), Int32((wait * 1000).rounded(.up))) >= 0 || errno == EINTR else {
        return stop
      }
      if entries[2].revents == 0 {
        if entries[0].revents != 0 { isOpen.output = take(.standardOutput, child.output) }
        if entries[1].revents != 0 { isOpen.errors = take(.standardError, child.errors) }
        continue
      }
      let reading = child.channel.read()
      // What was printed before the record came before it.
      if isOpen.output { isOpen.output = take(.standardOutput, child.output) }
      if isOpen.errors { isOpen.errors = take(.standardError, child.errors) }
      switch reading {
      case .nothingNow: continue
      case .end: return stop
      case .bytes(let bytes): frames.append(bytes)
      }
      do throws(WireError) {
        while let record = try frames.next() {
          var answer = Answer.leave
          if stop == nil {
            answer = handle(.record(record))
            if let reason = budget.note(record) {
              begin(reason)
              answer = .goOn
            }
          } else if case .crashed = record {
            _ = handle(.record(record))
          }
          answerChild(child, answer)
        }
      } catch {
        return .unreadableRecord(error)
      }
    }
  }

  private func answerChild(_ child: borrowing ChildProcess, _ answer: Answer) {
    var byte: UInt8 = answer == .goOn ? 1 : 0
    send(child.channel.number, &byte, 1, Int32(MSG_NOSIGNAL))
  }
}

/// What a cell has used of its limits.
private struct CellBudget {
  let limits: ProcessLimits
  private(set) var seconds: Double
  private(set) var deadline: Double
  private var textBytes = 0
  private var shownBytes = 0

  init(limits: ProcessLimits) {
    self.limits = limits
    seconds = limits.seconds(nil)
    deadline = monotonicSeconds() + seconds
  }

  /// How many of these bytes are within the limit.
  mutating func spend(text count: Int) -> Int {
    let allowed = min(count, limits.outputBytes - textBytes)
    textBytes += allowed
    return allowed
  }

  mutating func note(_ record: Record) -> LessonProcess.Stop? {
    switch record {
    case .cellBegan(let index): restart(index)
    case .hello, .cellEnded, .inlineValue: restart(nil)
    case .shown(_, let payload):
      shownBytes += payload.count
      return shownBytes > limits.shownBytes ? .shown(bytes: limits.shownBytes) : nil
    default: break
    }
    return nil
  }

  private mutating func restart(_ cell: Int?) {
    seconds = limits.seconds(cell)
    deadline = monotonicSeconds() + seconds
    (textBytes, shownBytes) = (0, 0)
  }
}

/// Seconds of a clock that only goes forward.
func monotonicSeconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}
