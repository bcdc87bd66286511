internal import Lessons

/// Turns the compiler's messages into what the author of a lesson should read.
struct CompileReport: Sendable {
  let lesson: Lesson

  private var places: LessonPlaces { LessonPlaces(lesson: lesson) }

  /// Diagnostics for the messages that lie in the lesson, without those that merely follow from others.
  func diagnostics(for messages: [CompilerMessage]) -> [Diagnostic] {
    let groups = grouped(messages)
    let redeclared = Set(groups.compactMap { Self.redeclaredName($0.message.text) })
    var seen: Set<Diagnostic> = []
    return groups.compactMap { group in
      if let name = Self.quoted(in: group.message.text, after: "ambiguous use of "), redeclared.contains(name) {
        return nil
      }
      let diagnostic = diagnostic(for: group)
      return seen.insert(diagnostic).inserted ? diagnostic : nil
    }
  }

  /// For a failed compilation that names no place in the lesson: the compiler's own words, or what is broken around it.
  func unplacedFailure(_ result: Command.Result) -> Diagnostic {
    let output = result.errors + result.output
    let lines = output.split(separator: "\n").map(String.init)
    if output.contains("missing required module") || output.contains("no such module 'LessonKit'") {
      return Diagnostic(
        stage: .environment, identifier: "missing-lessonkit",
        summary: "the built LessonKit is incomplete", notes: lines.prefix(1).map { Diagnostic.Note(message: $0) },
        remedy: "Run `swift build` in the project's folder.")
    }
    return Diagnostic(
      stage: .environment, identifier: "compiler-failed",
      summary: "the Swift compiler failed on \(lesson.source.path) and named no place in it",
      notes: lines.suffix(8).map { Diagnostic.Note(message: $0) },
      remedy: "Run `swift build`; if that does not help, look for the cell by `eval: false` on one after another.")
  }

  private struct Group {
    var message: CompilerMessage
    var notes: [CompilerMessage] = []
  }

  private func grouped(_ messages: [CompilerMessage]) -> [Group] {
    var groups: [Group] = []
    var isOurs = false
    for message in messages {
      if message.severity == .note {
        if isOurs { groups[groups.count - 1].notes.append(message) }
        continue
      }
      isOurs = message.path == lesson.source.path
      if isOurs { groups.append(Group(message: message)) }
    }
    return groups
  }

  private func diagnostic(for group: Group) -> Diagnostic {
    let message = group.message
    let location = places.location(line: message.line, column: message.column)
    if let name = Self.redeclaredName(message.text) { return duplicate(name, at: location, notes: group.notes) }
    return Diagnostic(
      severity: message.severity == .warning ? .warning : .error, stage: .compile,
      identifier: message.severity == .warning ? "compiler-warning" : "compile-error", summary: message.text,
      location: location, notes: group.notes.map(note), remedy: Self.remedy(for: message.text))
  }

  private func duplicate(_ name: String, at location: Diagnostic.Location, notes: [CompilerMessage]) -> Diagnostic {
    let first = notes.first { $0.text.contains("previously declared") }
    return Diagnostic(
      stage: .compile, identifier: "duplicate-name", summary: "the name '\(name)' is declared twice",
      location: location,
      notes: first.map {
        [
          Diagnostic.Note(
            message: "it is declared here first", location: places.location(line: $0.line, column: $0.column))
        ]
      } ?? [],
      remedy: "Give one of them another name: all cells of a lesson share one namespace.")
  }

  private func note(_ message: CompilerMessage) -> Diagnostic.Note {
    guard message.path == lesson.source.path else { return Diagnostic.Note(message: message.text) }
    return Diagnostic.Note(
      message: message.text, location: places.location(line: message.line, column: message.column))
  }

  private static func remedy(for text: String) -> String? {
    if text.hasPrefix("cannot find "), text.hasSuffix(" in scope") {
      return "Check the spelling; a lesson sees LessonKit and what its cells above declare."
    }
    if text == "declaration is only valid at file scope" {
      return
        "In an exercise, write it without imports, extensions and operators: its code stands in a scope of its own."
    }
    return nil
  }

  private static func redeclaredName(_ text: String) -> String? { quoted(in: text, after: "invalid redeclaration of ") }

  static func quoted(in text: String, after prefix: String) -> String? {
    guard text.hasPrefix(prefix + "'") else { return nil }
    return text.dropFirst(prefix.count + 1).split(separator: "'", omittingEmptySubsequences: false).first.map(
      String.init)
  }
}
