package import Lessons

/// What became of a run.
package struct RunOutcome: Equatable, Sendable {
  package var run: LessonRun
  /// Warnings and errors, the compiler's first.
  package var diagnostics: [Diagnostic]
  package var seconds: Double

  package var succeeded: Bool { !diagnostics.contains { $0.severity == .error } }
}
