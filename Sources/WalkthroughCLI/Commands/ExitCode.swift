internal import Lessons

/// How the command ends. The numbers are part of its interface: scripts and CI tell failures apart by them.
enum ExitCode: Int32, CaseIterable {
  case success = 0
  /// The command line was not understood (EX_USAGE).
  case usage = 64
  /// A lesson's writing: front matter, cell options, labels, links, TeX (EX_DATAERR).
  case writing = 65
  /// A lesson's code does not compile.
  case compile = 66
  /// A lesson's code stopped: a trap, an uncaught error, a limit.
  case run = 67
  /// A lesson ran, and one of its claims does not hold.
  case claim = 68
  /// Something outside the lessons is missing or failed: the toolchain, a library, the disk (EX_UNAVAILABLE).
  case environment = 69
  /// Stopped by a signal from the keyboard or the system.
  case interrupted = 130

  var meaning: String {
    switch self {
    case .success: "everything is well"
    case .usage: "the command line was not understood"
    case .writing: "a mistake in a lesson's writing"
    case .compile: "a lesson's code does not compile"
    case .run: "a lesson's code stopped while it ran"
    case .claim: "a lesson's claim does not hold"
    case .environment: "something outside the lessons is missing or failed"
    case .interrupted: "interrupted"
    }
  }

  /// The code for a set of mistakes: that of the earliest stage among them, since the later ones may follow from it.
  init(for diagnostics: [Diagnostic]) {
    let order: [(Diagnostic.Stage, ExitCode)] = [
      (.environment, .environment), (.writing, .writing), (.compile, .compile), (.run, .run), (.claim, .claim),
    ]
    let stages = Set(diagnostics.filter { $0.severity == .error }.map(\.stage))
    self = order.first { stages.contains($0.0) }?.1 ?? .success
  }
}
