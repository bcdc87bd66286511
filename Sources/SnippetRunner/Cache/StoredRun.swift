internal import Lessons
internal import SnippetProtocol

/// A run as it is kept: with the key's parts, and with places that are relative to their cells.
struct StoredRun: Equatable, Sendable {
  var key: CacheKey
  var run: LessonRun
  var warnings: [StoredWarning]
  var seconds: Double

  /// Nil when a place of the run lies outside of the lesson's code; such a run is not kept.
  init?(_ outcome: RunOutcome, key: CacheKey, lesson: Lesson) {
    let spans = CodeSpans(lesson)
    self.key = key
    seconds = outcome.seconds
    run = outcome.run
    for cell in run.cells.indices {
      for index in run.cells[cell].outputs.indices {
        guard case .claim(var claim) = run.cells[cell].outputs[index] else { continue }
        guard claim.place.file == lesson.source.path,
          let position = spans.position(of: SourcePosition(line: claim.place.line, column: claim.place.column))
        else { return nil }
        claim.place = Place(file: String(position.span), line: position.line, column: position.column)
        run.cells[cell].outputs[index] = .claim(claim)
      }
    }
    warnings = []
    for diagnostic in outcome.diagnostics {
      guard let warning = StoredWarning(diagnostic, spans) else { return nil }
      warnings.append(warning)
    }
  }

  /// The outcome, with places in the lesson as it is now; nil when they do not fit it.
  func outcome(for lesson: Lesson) -> RunOutcome? {
    let spans = CodeSpans(lesson)
    guard run.cells.count == lesson.cells.count, run.inlineValues.count == lesson.inlineExpressions.count else {
      return nil
    }
    var run = run
    for cell in run.cells.indices {
      for index in run.cells[cell].outputs.indices {
        guard case .claim(var claim) = run.cells[cell].outputs[index] else { continue }
        guard let span = Int(claim.place.file),
          let place = spans.place(
            of: CodePosition(span: span, line: claim.place.line, column: claim.place.column))
        else { return nil }
        claim.place = Place(file: lesson.source.path, line: place.line, column: place.column)
        run.cells[cell].outputs[index] = .claim(claim)
      }
    }
    var diagnostics: [Diagnostic] = []
    for warning in warnings {
      guard let diagnostic = warning.diagnostic(spans, lesson) else { return nil }
      diagnostics.append(diagnostic)
    }
    return RunOutcome(run: run, diagnostics: diagnostics, seconds: seconds)
  }
}

/// A compiler's warning with places relative to its cell.
struct StoredWarning: Equatable, Sendable {
  struct Note: Equatable, Sendable {
    var message: String
    var position: CodePosition?
  }

  var identifier: String
  var summary: String
  var position: CodePosition
  var notes: [Note]
  var remedy: String?

  init?(_ diagnostic: Diagnostic, _ spans: CodeSpans) {
    guard diagnostic.severity == .warning, let start = diagnostic.location?.range.start,
      let position = spans.position(of: start)
    else { return nil }
    self.position = position
    identifier = diagnostic.identifier
    summary = diagnostic.summary
    remedy = diagnostic.remedy
    notes = diagnostic.notes.map { note in
      Note(message: note.message, position: note.location.flatMap { spans.position(of: $0.range.start) })
    }
  }

  func diagnostic(_ spans: CodeSpans, _ lesson: Lesson) -> Diagnostic? {
    let places = LessonPlaces(lesson: lesson)
    func location(_ position: CodePosition) -> Diagnostic.Location? {
      spans.place(of: position).map { places.location(line: $0.line, column: $0.column) }
    }
    guard let main = location(position) else { return nil }
    return Diagnostic(
      severity: .warning, stage: .compile, identifier: identifier, summary: summary, location: main,
      notes: notes.map { Diagnostic.Note(message: $0.message, location: $0.position.flatMap(location)) },
      remedy: remedy)
  }
}
