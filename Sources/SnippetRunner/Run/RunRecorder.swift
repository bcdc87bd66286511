internal import Lessons
internal import SnippetProtocol

/// Collects what a lesson's process says into the results of its cells, and tells who watches.
struct RunRecorder: Sendable {
  /// How a lesson ended by itself before its end.
  enum Failure: Equatable, Sendable {
    case crashed(Crash)
    case uncaught(UncaughtError)
    case exited(status: Int, frames: [Int])
  }

  let span: CellSpan
  let events: @Sendable (RunEvent) -> Void
  private(set) var cells: [CellRun]
  private(set) var inlineValues: [String]
  private(set) var failure: Failure?
  private(set) var isFinished = false
  private(set) var otherVersion: UInt32?
  /// The cell that runs, or ran last.
  private(set) var current: Int?
  /// The inline expression that was evaluated last.
  private(set) var lastExpression: Int?
  private(set) var isInsideCell = false
  /// The end of what the cell wrote to standard error: where a trap's message stands.
  private(set) var errorText: [UInt8] = []

  private var began = 0.0
  private var isInStackTrace = false
  private var pendingOutput: [UInt8] = []
  private var pendingErrors: [UInt8] = []

  init(cells: Int, expressions: Int, span: CellSpan, events: @escaping @Sendable (RunEvent) -> Void) {
    self.cells = Array(repeating: CellRun(), count: cells)
    inlineValues = Array(repeating: "", count: expressions)
    self.span = span
    self.events = events
  }

  private var isShown: Bool { current.map(span.shown.contains) ?? false }

  mutating func handle(_ event: LessonProcess.Event) -> LessonProcess.Answer {
    switch event {
    case .text(let stream, var bytes):
      if stream == .standardError { bytes = withoutStackTrace(bytes) }
      guard !bytes.isEmpty else { return .goOn }
      if stream == .standardOutput { pendingOutput += bytes } else { pendingErrors += bytes }
      if isShown { events(.text(stream, bytes)) }
      return .goOn
    case .record(let record):
      flushText()
      return handle(record)
    }
  }

  /// After some fatal errors the runtime prints a stack of addresses, which differ from run to run; the diagnostic has
  /// the places.
  private mutating func withoutStackTrace(_ bytes: [UInt8]) -> [UInt8] {
    guard !isInStackTrace else { return [] }
    guard let mark = bytes.firstRange(of: Array("Current stack trace:\n".utf8)) else { return bytes }
    isInStackTrace = true
    return Array(bytes[..<mark.lowerBound])
  }

  /// Between two records, standard output comes before standard error: their true order cannot be known, and this one
  /// is the same every time.
  mutating func flushText() {
    add(.standardOutput, pendingOutput)
    add(.standardError, pendingErrors)
    errorText = (errorText + pendingErrors).suffix(65_536)
    (pendingOutput, pendingErrors) = ([], [])
  }

  private mutating func add(_ stream: CellOutput.Stream, _ bytes: [UInt8]) {
    guard !bytes.isEmpty, isShown else { return }
    add(.text(stream, String(decoding: bytes, as: UTF8.self)))
  }

  private mutating func add(_ output: CellOutput) {
    guard let current, cells.indices.contains(current), isShown else { return }
    // A progress report between two lines does not make two texts of them.
    if case .text(let stream, let text) = output, case .text(stream, let before) = cells[current].outputs.last {
      cells[current].outputs[cells[current].outputs.count - 1] = .text(stream, before + text)
    } else {
      cells[current].outputs.append(output)
    }
  }

  private mutating func handle(_ record: Record) -> LessonProcess.Answer {
    switch record {
    case .hello(let version):
      guard version == Record.currentVersion else {
        otherVersion = version
        return .leave
      }
    case .cellBegan(let index):
      (current, isInsideCell, errorText) = (index, true, [])
      began = monotonicSeconds()
      if isShown { events(.cellBegan(index: index)) }
    case .cellEnded(let index):
      isInsideCell = false
      if isShown { events(.cellEnded(index: index, seconds: monotonicSeconds() - began)) }
      if index == span.last { return leaveEarly() }
    case .shown(let kind, let payload):
      add(.shown(kind: kind, payload: payload))
      if isShown { events(.shown(kind: kind, payload: payload)) }
    case .claim(let claim):
      add(.claim(claim))
      if isShown { events(.claim(claim)) }
    case .progress(let progress):
      if isShown { events(.progress(progress)) }
    case .inlineValue(let index, let text):
      if inlineValues.indices.contains(index) { inlineValues[index] = text }
      lastExpression = index
    case .finished:
      isFinished = true
    case .crashed(let crash):
      failure = .crashed(crash)
    case .uncaught(let error):
      failure = .uncaught(error)
    case .exited(let status, let frames):
      failure = .exited(status: status, frames: frames)
    }
    return .goOn
  }

  private mutating func leaveEarly() -> LessonProcess.Answer {
    isFinished = true
    return .leave
  }
}
