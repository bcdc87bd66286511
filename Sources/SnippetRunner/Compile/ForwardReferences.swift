internal import Lessons

/// Finds functions that use a global before the place where it is declared.
///
/// Swift accepts that, and a call made before the declaration has run reads memory that holds no value yet: a crash for
/// objects and arrays, a silent 0 for numbers. The code is scanned for names that a later line declares; only when there
/// are some is the compiler asked, with the lesson cut off before that line, whether it really misses them.
struct ForwardReferences: Sendable {
  struct Candidate: Sendable {
    /// The line of the declarations.
    var line: Int
    /// The names declared there that appear further up, with the place of their declaration.
    var names: [String: SourcePosition]
  }

  let lesson: Lesson

  func candidates() -> [Candidate] {
    let cells = lesson.cells.filter(\.declaresGlobals)
    // All of an exercise's code stands inside of braces that the tangled program has around it.
    let uses = lesson.cells.filter(\.runsInMainProgram).flatMap { cell in
      CodeScanner.words(of: cell).filter { ($0.depth > 0 || cell.scope != nil) && !$0.isMember }
    }
    let earliest = Dictionary(uses.map { ($0.text, $0.position) }, uniquingKeysWith: min)
    var byLine: [Int: [String: SourcePosition]] = [:]
    for global in cells.flatMap(CodeScanner.globals) {
      guard let use = earliest[global.text], use < global.position else { continue }
      byLine[global.position.line, default: [:]][global.text] = global.position
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
      return Diagnostic(
        stage: .compile, identifier: "used-before-declared",
        summary: "'\(name)' is used above the line that declares it",
        location: places.location(line: message.line, column: message.column),
        notes: [
          Diagnostic.Note(
            message: "it is declared here, and holds no value before this line has run",
            location: places.location(line: declaration.line, column: declaration.column))
        ],
        remedy: "Move the declaration up, or hand the value to the function as an argument.")
    }
  }
}
