internal import Foundation
internal import Lessons
internal import SnippetProtocol
internal import SnippetRunner

/// What a build has to say about one lesson.
struct LessonReport: Sendable {
  enum Origin: Sendable {
    case run(seconds: Double)
    case kept
    /// A mistake came before the run.
    case notRun
    /// It was not named, and the page of an earlier build stays.
    case oldPage
    /// It was not named, and there is no page of it.
    case leftOut
  }

  var index: Int
  var slug: String
  var origin = Origin.notRun
  /// Why it was run or not.
  var explanation: String?
  var cells = 0
  var diagnostics: [Diagnostic] = []
}

/// Tells whoever waits for a build how far it is: one line a lesson when it is done, and on a terminal one more, rewritten
/// in place, for what is under way.
actor BuildProgress {
  private let terminal: Terminal
  private let explains: Bool
  private let diagnosticOutput: DiagnosticOutput
  private var status: StatusLine
  /// What each lesson under way is doing, by slug.
  private var activities: [(slug: String, activity: String)] = []
  private var waiting: [Int: LessonReport] = [:]
  /// How many lessons' lines were written.
  private var written = 0

  init(terminal: Terminal, explains: Bool) {
    self.terminal = terminal
    self.explains = explains
    diagnosticOutput = DiagnosticOutput(terminal: terminal)
    status = StatusLine(terminal: terminal, descriptor: STDERR_FILENO)
  }

  func compiling(_ lesson: Lesson) { set("compiling", for: lesson.slug) }

  func running(_ lesson: Lesson, _ event: RunEvent) {
    switch event {
    case .cellBegan(let index):
      set("running \(lesson.cells[index].name) (\(index + 1) of \(lesson.cells.count))", for: lesson.slug)
    case .progress(let progress):
      let percent = progress.total > 0 ? progress.completed * 100 / progress.total : 0
      set("\(progress.label) \(percent) %", for: lesson.slug)
    case .text, .shown, .claim, .cellEnded:
      break
    }
  }

  /// A lesson is done. Its lines appear when those of all lessons before it have: the output of two builds can be
  /// compared.
  func ended(_ report: LessonReport) {
    activities.removeAll { $0.slug == report.slug }
    waiting[report.index] = report
    while let next = waiting.removeValue(forKey: written) {
      write(next)
      written += 1
    }
    refresh()
  }

  private func write(_ report: LessonReport) {
    if explains, let explanation = report.explanation { line("\(report.slug): \(explanation)") }
    let failed = report.diagnostics.contains { $0.severity == .error }
    let mark = failed ? terminal.styled("✗", .red) : terminal.styled("✓", .green)
    let cells = report.cells == 1 ? "1 cell" : "\(report.cells) cells"
    switch report.origin {
    case .run(let seconds): line("\(mark) \(report.slug)  \(cells), \(Self.duration(seconds))")
    case .kept: line("\(mark) \(report.slug)  \(cells), kept")
    case .notRun: line("\(mark) \(report.slug)  not run")
    case .oldPage: line("· \(report.slug)  keeps its page")
    case .leftOut: line("· \(report.slug)  has no page yet")
    }
    self.report(report.diagnostics)
  }

  func report(_ diagnostics: [Diagnostic]) {
    guard !diagnostics.isEmpty else { return }
    status.clear()
    diagnosticOutput.write(diagnostics)
  }

  func summary(_ text: String) { line(text) }

  private func set(_ activity: String, for slug: String) {
    if let index = activities.firstIndex(where: { $0.slug == slug }) {
      activities[index].activity = activity
    } else {
      activities.append((slug, activity))
    }
    refresh()
  }

  private func refresh() {
    if activities.isEmpty { return status.clear() }
    status.show(activities.map { "\($0.slug): \($0.activity)" }.joined(separator: " · "))
  }

  private func line(_ text: String) {
    status.clear()
    StandardOutput.write(text + "\n", to: STDERR_FILENO)
  }

  static func duration(_ seconds: Double) -> String {
    seconds < 9.95
      ? "\(Int((seconds * 10).rounded()) / 10).\(Int((seconds * 10).rounded()) % 10) s" : "\(Int(seconds.rounded())) s"
  }
}
