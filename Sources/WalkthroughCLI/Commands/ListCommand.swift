internal import Foundation
internal import Lessons

/// `walkthrough list`: the lessons and their cells.
enum ListCommand {
  static let command = Command(description: description) { try await run($0) }

  private static let description = CommandDescription(
    name: "list", usage: "[LESSON…]", summary: "List the lessons and their cells.",
    discussion: "A lesson is named by its file, its slug (02-autoencoder), or the number it begins with (02).",
    operands: 0...Int.max, options: [LessonArguments.folderOption, LessonArguments.colorOption])

  private static func run(_ arguments: ParsedArguments) async throws(UsageError) -> ExitCode {
    let choice = try arguments.choice("--color", of: Terminal.colorChoices) ?? "auto"
    let terminal = Terminal(descriptor: STDOUT_FILENO, colorChoice: choice)
    let lessons = try LessonArguments(arguments)
    var indices = Array(lessons.results.indices)
    if !arguments.operands.isEmpty {
      indices = []
      for word in arguments.operands { indices.append(try lessons.index(of: word)) }
    }
    for index in indices {
      guard let lesson = lessons.results[index].lesson else { continue }
      let title = terminal.styled(lesson.frontMatter.title, .bold)
      StandardOutput.write("\(lesson.slug)  \(title)\n")
      let rows = lesson.cells.map { cell in (cell.name, note(on: cell)) }
      let exercises = lesson.exercises.map { exercise in
        (
          "exercise \(exercise.number)",
          "line \(exercise.range.start.line)" + (exercise.title.isEmpty ? "" : ": \(exercise.title)")
        )
      }
      StandardOutput.write(Columns.aligned(rows + exercises).map { $0 + "\n" }.joined())
    }
    let diagnostics = lessons.diagnostics(ofLessonsAt: indices)
    DiagnosticOutput(terminal: Terminal(descriptor: STDERR_FILENO, colorChoice: choice)).write(diagnostics)
    return ExitCode(for: diagnostics)
  }

  /// So much of a caption that a line of the list stays one line.
  private static func beginning(of caption: String) -> String {
    let limit = 48
    guard caption.count > limit else { return caption }
    let cut = caption.prefix(limit)
    return (cut.lastIndex(of: " ").map { cut[..<$0] } ?? cut) + "…"
  }

  private static func note(on cell: Cell) -> String {
    let place = "line \(cell.codeStart.line)"
    if cell.options.ignore { return "\(place), ignored" }
    if !cell.options.eval { return "\(place), not run" }
    if cell.options.error != nil { return "\(place), must fail" }
    return cell.options.caption.map { "\(place): \(beginning(of: $0))" } ?? place
  }
}
