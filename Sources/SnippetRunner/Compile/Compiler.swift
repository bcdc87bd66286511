internal import Lessons

/// Stage 4: makes executables of a lesson's programs, or says what is wrong with its code.
package struct Compiler: Sendable {
  let command: CompileCommand
  let jobs: JobLimit
  /// The folder for the programs.
  let buildFolder: String

  func compile(_ tangled: TangledLesson) async throws(LessonFailure) -> PreparedLesson {
    let lesson = tangled.lesson
    let directory = try WorkDirectory(in: buildFolder, name: lesson.slug)
    try await checkSyntax(of: lesson, in: directory)

    // Side by side: the main program, those of the cells that cannot live in it, and the questions about globals.
    async let mainPart = build(tangled, in: directory)
    async let separateParts = compileSeparate(tangled, in: directory)
    async let forwardPart = checkForwardReferences(in: lesson, directory)
    let (main, separate, forward) = await (mainPart, separateParts, forwardPart)

    var diagnostics: [Diagnostic] = []
    for part in [main.diagnostics, separate.flatMap(\.diagnostics), forward] {
      for diagnostic in part where !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
    }
    diagnostics += ReproducibleImports().warnings(for: lesson) + UnansweredInput().errors(for: lesson)
    diagnostics.sort(by: Self.inOrder)
    // Without a main program the questions about its globals have no answer, and errors there repeat in the others.
    if diagnostics.contains(where: { $0.severity == .error }) { throw LessonFailure(diagnostics) }
    return PreparedLesson(
      tangled: tangled, warnings: diagnostics, directory: directory, executable: main.executable,
      errorCells: separate.compactMap(\.errorCell))
  }

  private struct MainPart: Sendable {
    var executable: String
    var diagnostics: [Diagnostic]
  }

  private struct SeparatePart: Sendable {
    var errorCell: PreparedLesson.ErrorCell?
    var diagnostics: [Diagnostic] = []
  }

  private static func inOrder(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
    guard let first = left.location, let second = right.location else {
      return left.location == nil && right.location != nil
    }
    return first.range.start < second.range.start
  }

  /// A cell that leaves a brace open would swallow the next one: each cell must parse for itself.
  private func checkSyntax(of lesson: Lesson, in directory: WorkDirectory) async throws(LessonFailure) {
    var files: [String] = []
    let tangler = Tangler()
    for cell in lesson.cells where !cell.options.ignore && cell.options.error == nil {
      files.append("syntax/cell-\(cell.index).swift")
      try directory.write(tangler.alone(cell, in: lesson), to: files[files.count - 1])
    }
    for expression in lesson.inlineExpressions {
      files.append("syntax/expression-\(expression.index).swift")
      try directory.write(tangler.alone(expression, in: lesson), to: files[files.count - 1])
    }
    guard !files.isEmpty else { return }
    let result = await run(command.parse(files, in: directory.path), lesson)
    let messages = try result.get().messages.map { Self.placed($0, in: lesson) }
    // Only `main.swift` may have statements at its top level; these files are not compiled.
    let errors = CompileReport(lesson: lesson).diagnostics(for: messages)
      .filter { $0.severity == .error && !$0.summary.hasSuffix("are not allowed at the top level") }
    guard errors.isEmpty else { throw LessonFailure(errors) }
  }

  /// The end of a file has no place in the lesson for the compiler: what is missing there is missing at the cell's end.
  private static func placed(_ message: CompilerMessage, in lesson: Lesson) -> CompilerMessage {
    guard let name = message.path.split(separator: "/").last, name.hasPrefix("cell-"), name.hasSuffix(".swift"),
      let index = Int(name.dropFirst(5).dropLast(6)), lesson.cells.indices.contains(index)
    else { return message }
    var message = message
    // The first line of the file is the directive that names the lesson.
    message.line = min(lesson.cells[index].codeStart.line + message.line - 2, lesson.cells[index].range.end.line)
    message.path = lesson.source.path
    return message
  }

  private func build(_ tangled: TangledLesson, in directory: WorkDirectory) async -> MainPart {
    let executable = "\(directory.path)/main/lesson"
    do throws(LessonFailure) {
      try directory.write(tangled.main, to: "main/main.swift")
      let work = command.build("main.swift", to: executable, in: "\(directory.path)/main")
      let result = try await run(work, tangled.lesson).get()
      return MainPart(executable: executable, diagnostics: diagnostics(of: result, tangled.lesson))
    } catch {
      return MainPart(executable: executable, diagnostics: error.diagnostics)
    }
  }

  private func diagnostics(of result: CompilerResult, _ lesson: Lesson) -> [Diagnostic] {
    let report = CompileReport(lesson: lesson)
    let placed = report.diagnostics(for: result.messages)
    if result.command.succeeded || placed.contains(where: { $0.severity == .error }) { return placed }
    return placed + [report.unplacedFailure(result.command)]
  }

  private func compileSeparate(_ tangled: TangledLesson, in directory: WorkDirectory) async -> [SeparatePart] {
    await withTaskGroup(of: (Int, SeparatePart).self) { group in
      for (index, program) in tangled.separate.enumerated() {
        group.addTask { (index, await compile(program, of: tangled.lesson, in: directory)) }
      }
      var parts: [(Int, SeparatePart)] = []
      for await part in group { parts.append(part) }
      return parts.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func compile(
    _ program: SeparateProgram, of lesson: Lesson, in directory: WorkDirectory
  ) async -> SeparatePart {
    let folder = "cell-\(program.cell)"
    let executable = "\(directory.path)/\(folder)/lesson"
    let path = "\(directory.path)/\(folder)"
    do throws(LessonFailure) {
      try directory.write(program.text, to: "\(folder)/main.swift")
      switch program.purpose {
      case .check:
        let result = try await run(command.check("main.swift", in: path), lesson).get()
        return SeparatePart(diagnostics: diagnostics(of: result, lesson))
      case .fail(let text):
        let result = try await run(command.build("main.swift", to: executable, in: path), lesson).get()
        return outcome(of: result, cell: program.cell, expected: text, executable: executable, lesson)
      }
    } catch {
      return SeparatePart(diagnostics: error.diagnostics)
    }
  }

  /// What became of a cell that must fail.
  private func outcome(
    of result: CompilerResult, cell: Int, expected: String, executable: String, _ lesson: Lesson
  ) -> SeparatePart {
    if result.command.succeeded {
      return SeparatePart(errorCell: .init(cell: cell, text: expected, state: .compiled(executable: executable)))
    }
    let errors = diagnostics(of: result, lesson).filter { $0.severity == .error }
    let range = lesson.cells[cell].range
    let own = errors.filter { error in
      guard let line = error.location?.range.start.line else { return false }
      return range.start.line <= line && line <= range.end.line
    }
    // An error of an earlier cell is told by the main program.
    guard !own.isEmpty else { return SeparatePart(diagnostics: errors) }
    let messages = own.map(\.summary)
    guard let match = messages.first(where: { $0.contains(expected) }) else {
      return SeparatePart(diagnostics: [
        ErrorCellReport(lesson: lesson).otherText(cell: cell, expected: expected, found: messages[0])
      ])
    }
    return SeparatePart(errorCell: .init(cell: cell, text: expected, state: .failedToCompile(message: match)))
  }

  private func checkForwardReferences(in lesson: Lesson, _ directory: WorkDirectory) async -> [Diagnostic] {
    let references = ForwardReferences(lesson: lesson)
    return await withTaskGroup(of: [Diagnostic].self) { group in
      for candidate in references.candidates() {
        group.addTask {
          let folder = "before-\(candidate.line)"
          let program = Tangler().programBefore(line: candidate.line, in: lesson)
          guard (try? directory.write(program, to: "\(folder)/main.swift")) != nil else { return [] }
          let work = command.check("main.swift", in: "\(directory.path)/\(folder)")
          guard case .success(let result) = await run(work, lesson) else { return [] }
          return references.diagnostics(for: candidate, result.messages)
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
  }

  struct CompilerResult: Sendable {
    var command: Command.Result
    var messages: [CompilerMessage]
  }

  private func run(_ work: Command, _ lesson: Lesson) async -> Result<CompilerResult, LessonFailure> {
    await jobs.withSlot {
      do throws(SystemError) {
        let result = try await work.run()
        return .success(CompilerResult(command: result, messages: CompilerMessage.parse(result.errors + result.output)))
      } catch {
        return .failure(
          .environment("missing-swift", error.text, remedy: "Check the Swift installation: run `swiftc --version`."))
      }
    }
  }
}
