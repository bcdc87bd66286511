/// One message from a running lesson to whoever started it.
///
/// A lesson writes records to the descriptor that `ChannelEnvironment.descriptor` names: four bytes of length, then the
/// encoded record. After each it waits for one byte in return: 1 to go on, 0 to leave. The parent empties the lesson's
/// standard output and error before it sends that byte, so that text and records keep their order with nothing lost.
public enum Record: Equatable, Sendable {
  /// The first record; `version` is `Record.currentVersion` of the lesson's side.
  case hello(version: UInt32)
  /// The code of cell `index` (0-based, in the lesson's order) is about to run.
  case cellBegan(index: Int)
  case cellEnded(index: Int)
  /// A value was shown: `kind` names its format (for figures, `Figure.wireKind`), `payload` is its encoding.
  case shown(kind: String, payload: [UInt8])
  /// The text of the inline expression `index` (0-based, in the lesson's order).
  case inlineValue(index: Int, text: String)
  case claim(Claim)
  /// An error was thrown and not caught.
  case uncaught(UncaughtError)
  /// Work is under way; for a person who waits, never part of a page.
  case progress(Progress)
  case finished
  /// A signal ended the lesson.
  case crashed(Crash)
  /// The lesson called `exit` before its end; the frames are those of the call, as in `Crash`.
  case exited(status: Int, frames: [Int])

  public static let currentVersion: UInt32 = 2
}

/// A lesson's statement, and whether the run bore it out.
public struct Claim: Equatable, Sendable {
  public var text: String
  public var holds: Bool
  /// The values compared, as the reader should see them; empty for a bare condition.
  public var detail: String
  public var place: Place

  public init(text: String, holds: Bool, detail: String, place: Place) {
    self.text = text
    self.holds = holds
    self.detail = detail
    self.place = place
  }
}

/// A place in a lesson's Markdown; line and column are 1-based, the column counts UTF-8 bytes.
public struct Place: Equatable, Sendable {
  public var file: String
  public var line: Int
  public var column: Int

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

public struct UncaughtError: Equatable, Sendable {
  public var typeName: String
  public var message: String
  /// The calls that led to the throw, innermost first, each as an offset into the lesson's executable; frames of
  /// libraries are left out.
  public var frames: [Int]

  public init(typeName: String, message: String, frames: [Int]) {
    self.typeName = typeName
    self.message = message
    self.frames = frames
  }
}

public struct Crash: Equatable, Sendable {
  /// The signal's number.
  public var signal: Int
  /// The address that could not be reached, for a memory fault.
  public var address: Int
  /// The calls that led there, innermost first, each as an offset into the lesson's executable; frames of libraries are
  /// left out.
  public var frames: [Int]

  public init(signal: Int, address: Int, frames: [Int]) {
    self.signal = signal
    self.address = address
    self.frames = frames
  }
}

public struct Progress: Equatable, Sendable {
  public var label: String
  public var completed: Int
  public var total: Int

  public init(label: String, completed: Int, total: Int) {
    self.label = label
    self.completed = completed
    self.total = total
  }
}
