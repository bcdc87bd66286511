internal import Glibc
internal import Lessons
internal import SnippetProtocol

/// Says of a lesson that did not run to its end why, where, and what to do.
struct FailureReport: Sendable {
  let lesson: Lesson
  let recorder: RunRecorder
  let ending: LessonProcess.Ending
  let stack: LessonStack
  let memoryBytes: Int

  private var places: LessonPlaces { LessonPlaces(lesson: lesson) }

  func diagnostic() -> Diagnostic {
    if let stop = ending.stop { return stopped(stop) }
    switch recorder.failure {
    case .uncaught(let error): return uncaught(error)
    case .exited(let status, _): return exited(status)
    case .crashed(let crash): return crashed(crash)
    case nil: return vanished()
    }
  }

  /// The failure in one line, as an `error:` cell must contain it.
  var message: String {
    switch recorder.failure {
    case .uncaught(let error): error.message
    case .crashed(let crash): trapMessage ?? Self.signalName(crash.signal)
    default: diagnostic().summary
    }
  }

  // MARK: - Places

  /// The innermost place in the lesson, or the start of what was running.
  private var location: Diagnostic.Location {
    if let first = stack.places.first { return places.location(line: first.line, column: first.column) }
    return start
  }

  private var start: Diagnostic.Location {
    if !recorder.isInsideCell, let next = nextExpression {
      return lesson.source.location(lesson.inlineExpressions[next].range)
    }
    return places.start(ofCell: recorder.current ?? 0)
  }

  /// The inline expression that comes behind the last one that was evaluated.
  private var nextExpression: Int? {
    let order = Tangler.evaluationOrder(lesson)
    guard let last = recorder.lastExpression else { return order.first }
    return order.firstIndex(of: last).flatMap { $0 + 1 < order.count ? order[$0 + 1] : nil }
  }

  private var callers: [Diagnostic.Note] {
    stack.places.dropFirst().prefix(4).map { position in
      Diagnostic.Note(
        message: "called from here", location: places.location(line: position.line, column: position.column))
    }
  }

  // MARK: - Kinds

  private func crashed(_ crash: Crash) -> Diagnostic {
    let signal = Int32(crash.signal)
    if let text = trapMessage {
      if text.hasPrefix("failed to allocate ") || text.hasPrefix("Could not allocate memory") { return outOfMemory() }
      return Diagnostic(
        stage: .run, identifier: "trap", summary: text, location: location, notes: callers,
        remedy: "The program stopped here: correct the values that lead to this line.")
    }
    if signal == SIGSEGV || signal == SIGBUS {
      if crash.frames.count >= 60 {
        return Diagnostic(
          stage: .run, identifier: "stack-overflow", summary: "the stack is full: a function calls itself without end",
          location: location, remedy: "Let the recursion end, or use a loop.")
      }
      return memoryFault()
    }
    return Diagnostic(
      stage: .run, identifier: "crash", summary: "the lesson crashed (\(Self.signalName(crash.signal)))",
      location: location, notes: callers, remedy: "The program stopped here: correct the code that leads to this line.")
  }

  /// A read of memory that holds no value: most often a global before its declaration has run.
  private func memoryFault() -> Diagnostic {
    let remedy = "Declare a global above every function that uses it, and call the function below."
    for position in stack.places {
      guard let global = laterGlobal(usedAtLine: position.line) else { continue }
      return Diagnostic(
        stage: .run, identifier: "global-before-its-cell", summary: "'\(global.text)' is read before its cell has run",
        location: places.location(line: position.line, column: position.column),
        notes: [
          Diagnostic.Note(
            message: "it is declared here",
            location: places.location(line: global.position.line, column: global.position.column))
        ] + callers, remedy: remedy)
    }
    return Diagnostic(
      stage: .run, identifier: "memory-fault", summary: "the lesson read memory that holds no value",
      location: location, notes: callers,
      remedy: "Most often a function reads a global above the line that declares it. " + remedy)
  }

  private func laterGlobal(usedAtLine line: Int) -> CodeWord? {
    let words = Set(
      lesson.cells.filter(\.runsInMainProgram).flatMap { CodeScanner.words(of: $0) }.filter { $0.position.line == line }
        .map(\.text))
    return lesson.cells.filter(\.declaresGlobals).flatMap(CodeScanner.globals).map(\.name).first {
      words.contains($0.text) && $0.position.line > line
    }
  }

  private func uncaught(_ error: UncaughtError) -> Diagnostic {
    let lines = error.message.split(separator: "\n", maxSplits: 1).map(String.init)
    return Diagnostic(
      stage: .run, identifier: "uncaught-error",
      summary: "uncaught \(error.typeName): \(lines.first ?? error.message)", location: location, notes: callers,
      remedy: lines.count > 1
        ? lines[1].trimmingPrefix(while: \.isWhitespace).description
        : "Remove the cause, or catch the error with `do` and `catch`.")
  }

  private func exited(_ status: Int) -> Diagnostic {
    Diagnostic(
      stage: .run, identifier: "early-exit", summary: "the lesson called exit(\(status)) before its end",
      location: location, notes: callers, remedy: "Remove the call: the cells below it never ran.")
  }

  private func stopped(_ stop: LessonProcess.Stop) -> Diagnostic {
    let whereItWas = stack.places.first.map { position in
      [
        Diagnostic.Note(
          message: "it was here when it was stopped",
          location: places.location(line: position.line, column: position.column))
      ]
    }
    switch stop {
    case .time(let seconds):
      return Diagnostic(
        stage: .run, identifier: "timeout", summary: "still running after \(Self.text(seconds)) s", location: start,
        notes: whereItWas ?? [],
        remedy: "If it needs that long, give the cell the option `timeout: SECONDS`; else look for a loop without end.")
    case .output(let bytes):
      return Diagnostic(
        stage: .run, identifier: "output-limit", summary: "the output exceeds \(Self.size(bytes))", location: start,
        notes: whereItWas ?? [], remedy: "Print less; a page is no log.")
    case .shown(let bytes):
      return Diagnostic(
        stage: .run, identifier: "output-limit", summary: "the shown values exceed \(Self.size(bytes))",
        location: start, notes: whereItWas ?? [], remedy: "Show fewer or smaller figures.")
    case .cancelled:
      return Diagnostic(
        stage: .environment, identifier: "cancelled", summary: "\(lesson.source.path) was stopped before its end")
    case .cannotStart(let text):
      return Diagnostic(
        stage: .environment, identifier: "cannot-start", summary: "the lesson's process cannot be started: \(text)",
        remedy: "Check the limits on processes and open files, and that the disk is not full.")
    case .unreadableRecord:
      return Diagnostic(
        stage: .environment, identifier: "unreadable-record",
        summary: "the lesson's process sent something that is no record", location: start,
        remedy: "Leave the descriptor \(ChildProcess.channelNumber) alone, or rebuild the project with `swift build`.")
    }
  }

  private func vanished() -> Diagnostic {
    if let version = recorder.otherVersion {
      return Diagnostic(
        stage: .environment, identifier: "other-lessonkit",
        summary: "the built LessonKit speaks version \(version) of the protocol, this program version "
          + "\(Record.currentVersion)", remedy: "Run `swift build` in the project's folder.")
    }
    switch ending.process {
    case .signalled(let signal) where signal == SIGKILL:
      return Diagnostic(
        stage: .run, identifier: "killed", summary: "the lesson was killed from outside", location: start,
        remedy: "Most often the machine had no memory left: use smaller batches, or close other programs.")
    case .signalled(let signal):
      return Diagnostic(
        stage: .run, identifier: "crash", summary: "the lesson crashed (\(Self.signalName(Int(signal))))",
        location: location)
    case .exited(let status):
      return Diagnostic(
        stage: .run, identifier: "early-exit", summary: "the lesson ended with status \(status) before its end",
        location: start, notes: lastErrorLines, remedy: "Remove what ends the program in this cell.")
    }
  }

  private func outOfMemory() -> Diagnostic {
    Diagnostic(
      stage: .run, identifier: "memory-limit",
      summary: "the lesson needs more than \(Self.size(memoryBytes)) of memory",
      location: location, notes: callers,
      remedy: "Use smaller arrays or batches, or look for one that grows without end.")
  }

  // MARK: - Texts

  private var lastErrorLines: [Diagnostic.Note] {
    String(decoding: recorder.errorText, as: UTF8.self).split(separator: "\n").suffix(4)
      .map { Diagnostic.Note(message: String($0)) }
  }

  /// What the runtime, the standard library or the core printed before it stopped the program.
  private var trapMessage: String? {
    let lines = String(decoding: recorder.errorText, as: UTF8.self).split(separator: "\n")
    for line in lines.reversed() {
      guard let mark = line.firstRange(of: "Fatal error: ") ?? line.firstRange(of: "Fatal error") else { continue }
      let text = line[mark.upperBound...]
      return text.isEmpty ? stack.runtimeFailure ?? "Fatal error" : String(text)
    }
    return stack.runtimeFailure
  }

  private static func signalName(_ number: Int) -> String {
    switch Int32(number) {
    case SIGILL: "illegal instruction"
    case SIGTRAP: "trap"
    case SIGSEGV: "memory fault"
    case SIGBUS: "bus error"
    case SIGFPE: "arithmetic fault"
    case SIGABRT: "abort"
    default: "signal \(number)"
    }
  }

  private static func text(_ seconds: Double) -> String {
    seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds)
  }

  private static func size(_ bytes: Int) -> String {
    for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")] where bytes >= unit {
      let tenths = (bytes * 10 + unit / 2) / unit
      return tenths % 10 == 0 ? "\(tenths / 10) \(name)" : "\(tenths / 10).\(tenths % 10) \(name)"
    }
    return "\(bytes) bytes"
  }
}
