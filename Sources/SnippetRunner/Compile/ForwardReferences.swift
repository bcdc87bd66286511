internal import Lessons

/// Finds statements, functions and inline values that use a global before the place where it is declared.
///
/// Swift accepts that, and what runs before the declaration has run reads memory that holds no value yet: a crash for
/// objects and arrays, a silent 0 for numbers. A function may be called above the declaration; an inline value is
/// computed where it stands, except for one in the answer to a prediction. The code is scanned for names that a later
/// line declares; only when there are some is the compiler asked, with the lesson cut off before that line, whether it
/// really misses them.
struct ForwardReferences: Sendable {
  struct Candidate: Sendable {
    /// The line of the `let` or `var`.
    var line: Int
    /// The names declared there that appear further up, with the place of their declaration.
    var names: [String: SourcePosition]
  }

  let lesson: Lesson

  func candidates() -> [Candidate] {
    let cells = lesson.cells.filter(\.declaresGlobals)
    let uses =
      lesson.cells.filter(\.runsInMainProgram).flatMap { CodeScanner.words(of: $0) }
      + lesson.inlineExpressions.filter { !$0.isDeferred }.flatMap { CodeScanner.words(of: $0) }
    let earliest = Dictionary(
      uses.filter { !$0.isMember }.map { ($0.text, $0.position) }, uniquingKeysWith: min)
    var byLine: [Int: [String: SourcePosition]] = [:]
    for global in cells.flatMap(CodeScanner.globals) {
      let name = global.name
      guard let use = earliest[name.text], use < name.position else { continue }
      byLine[global.line, default: [:]][name.text] = name.position
    }
    return byLine.sorted { $0.key < $1.key }.map { Candidate(line: $0.key, names: $0.value) }
  }

  func diagnostics(for candidate: Candidate, _ messages: [CompilerMessage]) -> [Diagnostic] {
    let places = LessonPlaces(lesson: lesson)
    return messages.compactMap { message in
      guard message.severity == .error, message.path == lesson.source.path,
        let name = CompileReport.quoted(in: message.text, after: "cannot find "),
        let declaration = candidate.names[name]
      else { return nil }
      let isInText = places.cell(atLine: message.line) == nil
      return Diagnostic(
        stage: .compile, identifier: "used-before-declared",
        summary: "'\(name)' is used above the line that declares it",
        location: places.location(line: message.line, column: message.column),
        notes: [
          Diagnostic.Note(
            message: "it is declared here, and holds no value before this line has run",
            location: places.location(line: declaration.line, column: declaration.column))
        ],
        remedy: isInText
          ? "Move the paragraph below the cell, or the declaration up."
          : "Move the declaration up, or hand the value to the function as an argument.")
    }
  }
}
