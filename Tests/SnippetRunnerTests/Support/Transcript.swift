internal import Lessons
internal import SnippetProtocol
internal import SnippetRunner

/// A run as text, for comparison.
enum Transcript {
  static func of(_ run: LessonRun, _ lesson: Lesson) -> String {
    var text = ""
    for (cell, result) in zip(lesson.cells, run.cells) {
      text += "== \(cell.name)\n"
      for output in result.outputs {
        switch output {
        case .text(let stream, let content): text += "\(stream): \(content.debugDescription)\n"
        case .shown(let kind, let payload): text += "shown: \(kind), \(payload.count) bytes\n"
        case .claim(let claim):
          text += "claim: \(claim.holds ? "holds" : "fails"): \(claim.text) (\(claim.detail)) at "
          text += "\(claim.place.file):\(claim.place.line):\(claim.place.column)\n"
        case .expectedError(let message): text += "expected error: \(message)\n"
        }
      }
    }
    for (expression, value) in zip(lesson.inlineExpressions, run.inlineValues) {
      text += "`\(expression.code)` = \(value)\n"
    }
    return text
  }

  /// Where a lesson happened to be when it was stopped depends on the moment: only that it was inside of the loop is
  /// certain, which stands in the excerpt.
  private static func withoutChance(_ diagnostic: Diagnostic) -> Diagnostic {
    guard ["timeout", "output-limit"].contains(diagnostic.identifier) else { return diagnostic }
    var diagnostic = diagnostic
    diagnostic.notes.removeAll { $0.message == "it was here when it was stopped" && $0.location != nil }
    return diagnostic
  }

  /// Compiles and runs a lesson and says all that came of it.
  static func run(_ lesson: Lesson, with runner: LessonRunner, selection: RunSelection = .all) async -> String {
    let renderer = DiagnosticRenderer()
    do throws(LessonFailure) {
      let prepared = try await runner.prepare(lesson)
      let outcome = try await runner.run(prepared, selection: selection)
      return of(outcome.run, lesson) + "\n" + renderer.render(outcome.diagnostics.map(withoutChance))
    } catch {
      return renderer.render(error.diagnostics)
    }
  }
}
