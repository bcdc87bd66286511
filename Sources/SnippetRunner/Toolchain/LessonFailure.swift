package import Lessons

/// Why a lesson could not be compiled, or did not run to its end.
package struct LessonFailure: Error, Equatable, Sendable {
  package var diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  static func environment(_ identifier: String, _ summary: String, remedy: String) -> LessonFailure {
    LessonFailure([Diagnostic(stage: .environment, identifier: identifier, summary: summary, remedy: remedy)])
  }
}
