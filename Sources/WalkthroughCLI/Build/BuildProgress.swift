internal import Foundation
internal import Lessons
internal import SnippetProtocol
internal import SnippetRunner

/// Tells whoever waits for a build how far it is: one line a lesson when it is done, and on a terminal one more, rewritten
/// in place, for what is under way.
actor BuildProgress {
  private let terminal: Terminal
  private let explains: Bool
  private let diagnosticOutput: DiagnosticOutput
  private var status: StatusLine
  /// What each lesson under way is doing, by slug.
  private var activities: [(slug: String, activity: String)] = []

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

  func explain(_ lesson: Lesson, _ answer: CacheAnswer) {
    if explains { line("\(lesson.slug): \(answer.explanation)") }
  }

  func ended(_ lesson: Lesson, kept: Bool, seconds: Double, cells: Int, diagnostics: [Diagnostic]) {
    activities.removeAll { $0.slug == lesson.slug }
    let failed = diagnostics.contains { $0.severity == .error }
    let mark = failed ? terminal.styled("✗", .red) : terminal.styled("✓", .green)
    let how = kept ? "kept" : Self.duration(seconds)
    line("\(mark) \(lesson.slug)  \(cells == 1 ? "1 cell" : "\(cells) cells"), \(how)")
    report(diagnostics)
    refresh()
  }

  /// A lesson that keeps the page it has.
  func carriedOver(_ slug: String, hasPage: Bool) {
    line("· \(slug)  \(hasPage ? "keeps its page" : "has no page yet")")
  }

  func failed(_ slug: String, _ diagnostics: [Diagnostic]) {
    activities.removeAll { $0.slug == slug }
    line("\(terminal.styled("✗", .red)) \(slug)")
    report(diagnostics)
    refresh()
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
