internal import Foundation
internal import Lessons
internal import SnippetRunner

/// `walkthrough run`: a lesson's code in the terminal.
enum RunCommand {
  static let command = Command(description: description) { try await run($0) }

  private static let description = CommandDescription(
    name: "run", usage: "LESSON [--cell LABEL | --through LABEL | --exercise N] [--figures DIR]",
    summary: "Run a lesson's code in the terminal.",
    discussion: """
      A lesson is named by its file, its slug (02-autoencoder), or the number it begins with (02). Cells have the names
      that 'walkthrough list' shows. No page is written: change a number and run it again. All code runs anew, but for
      the values of 'memo', which are kept until something changes that they depend on.
      """,
    operands: 1...1,
    options: [
      .init(name: "--cell", value: "LABEL", help: "Run the cells before it with their output hidden, then this cell."),
      .init(name: "--through", value: "LABEL", help: "Run and show all cells up to this one."),
      .init(
        name: "--exercise", value: "N", help: "Run the cells before exercise N hidden, then its own: its solution."),
      .init(name: "--figures", value: "DIR", help: "Save the figures as SVG files, too."),
      .init(
        name: "--images", value: "HOW",
        help: "Pictures as kitty graphics, sixels or text: auto (default), kitty, sixel or text."),
      .init(name: "--timeout", value: "SECONDS", help: "How long a cell without a timeout of its own may run (300)."),
      .init(name: "--fresh", value: nil, help: "Compute the values of 'memo' anew, too, and keep none."),
      LessonArguments.folderOption,
      LessonArguments.cacheOption,
      LessonArguments.buildFolderOption,
      LessonArguments.colorOption,
    ])

  private static func run(_ arguments: ParsedArguments) async throws(UsageError) -> ExitCode {
    let color = try arguments.choice("--color", of: Terminal.colorChoices) ?? "auto"
    let images = try arguments.choice("--images", of: TerminalImages.choices) ?? "auto"
    let selection = try selection(arguments)
    var configuration = RunnerConfiguration()
    configuration.cacheFolder = nil
    if let folder = arguments.value(of: "--cache") { configuration.memoFolder = folder + "/memo" }
    if arguments.has("--fresh") { configuration.memoFolder = nil }
    if let seconds = try arguments.integer("--timeout", atLeast: 1) { configuration.secondsPerCell = Double(seconds) }

    let lessons = try LessonArguments(arguments)
    let index = try lessons.index(of: arguments.operands[0])
    let output = DiagnosticOutput(terminal: Terminal(descriptor: STDERR_FILENO, colorChoice: color))
    var diagnostics = lessons.results[index].diagnostics
    guard let lesson = lessons.results[index].lesson else {
      output.write(diagnostics)
      return ExitCode(for: diagnostics)
    }
    try check(selection, in: lesson)
    do throws(Diagnostic) {
      let files: FigureFiles? =
        if let folder = arguments.value(of: "--figures") { try FigureFiles(folder: folder) } else { nil }
      let screen = RunOutput(
        lesson: lesson, terminal: Terminal(descriptor: STDOUT_FILENO, colorChoice: color),
        images: TerminalImages(
          choice: images, descriptor: STDOUT_FILENO, environment: ProcessInfo.processInfo.environment), files: files)
      diagnostics += await run(
        lesson, selection, configuration, buildDirectory: arguments.value(of: "--lessonkit"), screen)
    } catch {
      diagnostics.append(error)
    }
    output.write(diagnostics)
    return ExitCode(for: diagnostics)
  }

  private static func selection(_ arguments: ParsedArguments) throws(UsageError) -> RunSelection {
    let cell = arguments.value(of: "--cell").map(RunSelection.cell)
    let through = arguments.value(of: "--through").map(RunSelection.through)
    let exercise = try arguments.integer("--exercise", atLeast: 1).map(RunSelection.exercise)
    let chosen = [cell, through, exercise].compactMap { $0 }
    guard chosen.count <= 1 else { throw UsageError(message: "--cell, --through and --exercise exclude each other") }
    return chosen.first ?? .all
  }

  /// A cell that does not exist is a mistake of the command line, not of the lesson.
  private static func check(_ selection: RunSelection, in lesson: Lesson) throws(UsageError) {
    if case .exercise(let number) = selection, !lesson.exercises.contains(where: { $0.number == number }) {
      let count = lesson.exercises.count
      throw UsageError(
        message: "\(lesson.source.path) has no exercise"
          + (count == 0 ? "s" : " \(number); they are numbered from 1 to \(count)"))
    }
    guard let name = selection.name, !lesson.cells.contains(where: { $0.name == name }) else { return }
    let names = lesson.cells.map(\.name)
    let hint =
      NearestName.of(name, among: names).map { "did you mean '\($0)'?" }
      ?? "'walkthrough list \(lesson.slug)' shows those that there are"
    throw UsageError(message: "\(lesson.source.path) has no cell '\(name)'; \(hint)")
  }

  private static func run(
    _ lesson: Lesson, _ selection: RunSelection, _ configuration: RunnerConfiguration, buildDirectory: String?,
    _ screen: RunOutput
  ) async -> [Diagnostic] {
    do throws(LessonFailure) {
      let toolchain = try await Toolchain.find(buildDirectory: buildDirectory)
      let runner = LessonRunner(toolchain: toolchain, configuration: configuration)
      let prepared = try await runner.prepare(lesson)
      let outcome = try await runner.run(prepared, selection: selection, watchedBy: { await screen.show($0) })
      await screen.finish()
      return outcome.diagnostics + (await screen.diagnostics)
    } catch {
      await screen.finish()
      return error.diagnostics
    }
  }
}
