/// Gathers the mistakes of one lesson, so that a person sees all of them at once.
final class MistakeList {
  /// Past this many the rest is only counted: a person mends the first and runs again.
  static let limit = 100

  let source: SourceFile
  private var hidden = 0
  private var found: [Diagnostic] = []

  init(source: SourceFile) { self.source = source }

  func add(
    _ identifier: String, _ summary: String, at range: SourceRange, severity: Diagnostic.Severity = .error,
    notes: [Diagnostic.Note] = [], remedy: String? = nil
  ) {
    if found.count == Self.limit {
      hidden += 1
      return
    }
    found.append(
      Diagnostic(
        severity: severity, stage: .writing, identifier: identifier, summary: summary,
        location: source.location(range), notes: notes, remedy: remedy))
  }

  func note(_ message: String, at range: SourceRange) -> Diagnostic.Note {
    Diagnostic.Note(message: message, location: source.location(range))
  }

  /// All of them by place; equal ones once.
  var sorted: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    let sorted = found.filter { seen.insert($0).inserted }.enumerated().sorted { a, b in
      let (first, second) = (start(a.element), start(b.element))
      return first == second ? a.offset < b.offset : first < second
    }.map(\.element)
    if hidden == 0 { return sorted }
    let rest = Diagnostic(
      stage: .writing, identifier: "too-many-mistakes", summary: "'\(source.path)' has \(hidden) more mistakes",
      remedy: "mend those above first")
    return sorted + [rest]
  }

  private func start(_ diagnostic: Diagnostic) -> SourcePosition {
    diagnostic.location?.range.start ?? SourcePosition(line: 0, column: 0)
  }
}
