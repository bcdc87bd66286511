package import Lessons
internal import SnippetProtocol

/// Stages 3 to 5 for whoever builds a page or works in a terminal: tangle, compile and run a lesson's code.
package struct LessonRunner: Sendable {
  package let toolchain: Toolchain
  package let configuration: RunnerConfiguration
  private let compiler: Compiler
  private let cache: RunCache?
  private let memos: MemoFolder?
  private let data: DataFiles

  package init(toolchain: Toolchain, configuration: RunnerConfiguration = RunnerConfiguration()) {
    self.toolchain = toolchain
    self.configuration = configuration
    let folder = configuration.absolute(configuration.buildFolder)
    WorkDirectory.sweep(folder)
    let data = DataFiles(workingDirectory: configuration.workingDirectory, environment: configuration.environment)
    self.data = data
    // Digests of large files are remembered in whichever folder there is.
    let remembered = (configuration.cacheFolder ?? configuration.memoFolder).map(configuration.absolute)
    let surroundings = Surroundings(
      toolchain: toolchain, digests: FileDigests(file: remembered.map { "\($0)/digests" }), data: data)
    cache = configuration.cacheFolder.map(configuration.absolute).map {
      RunCache(folder: $0, surroundings: surroundings)
    }
    memos = configuration.memoFolder.map(configuration.absolute).map {
      MemoFolder(path: $0, surroundings: surroundings)
    }
    compiler = Compiler(
      command: CompileCommand(toolchain: toolchain, environment: configuration.environment),
      jobs: JobLimit(configuration.jobs), buildFolder: folder)
  }

  /// Compiles the lesson's programs. Any number of lessons may be prepared at the same time; no more compilers run than
  /// the configuration allows.
  package func prepare(_ lesson: Lesson) async throws(LessonFailure) -> PreparedLesson {
    if let mistake = configuration.threadMistake { throw mistake }
    let missing = data.missing(from: lesson)
    guard missing.isEmpty else { throw LessonFailure(missing) }
    return try await compiler.compile(Tangler().tangle(lesson))
  }

  /// Runs a prepared lesson. Whatever happens in it, the result is a value: what was collected until then, with the
  /// diagnostics. When the task is cancelled, the lesson's processes are ended.
  ///
  /// A run of all cells without errors is kept in the cache.
  ///
  /// - Throws: when the selection names no cell that runs.
  package func run(
    _ prepared: PreparedLesson, selection: RunSelection = .all,
    events: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) async throws(LessonFailure) -> RunOutcome {
    let lesson = prepared.lesson
    let span = try selection.resolve(in: lesson)
    let began = monotonicSeconds()
    var result = LessonRun(
      cells: Array(repeating: CellRun(), count: lesson.cells.count),
      inlineValues: Array(repeating: "", count: lesson.inlineExpressions.count))
    var diagnostics: [Diagnostic] = []

    let target = span.last.map { lesson.cells[$0] }
    if target.map(\.runsInMainProgram) ?? true || !selection.isOneCell {
      // Up to an `error:` cell, the main program ends with the cell before it.
      let last = span.last.map { last in lesson.cells.last { $0.index <= last && $0.runsInMainProgram }?.index }
      if last == nil || last != .some(nil) {
        let main = await runProgram(
          prepared.executable, of: lesson, CellSpan(shown: span.shown, last: last ?? nil),
          scopes: selection.scopes(in: lesson), events)
        result = LessonRun(cells: main.recorder.cells, inlineValues: main.recorder.inlineValues)
        if let failure = main.failure { diagnostics.append(failure.diagnostic()) }
      }
    }
    if diagnostics.isEmpty {
      for errorCell in prepared.errorCells where span.shown.contains(errorCell.cell) {
        let part = await runErrorCell(errorCell, of: lesson, events)
        result.cells[errorCell.cell] = part.cell
        diagnostics += part.diagnostics
      }
    }
    diagnostics += ClaimReport().diagnostics(for: result, of: lesson)
    let outcome = RunOutcome(
      run: result, diagnostics: prepared.warnings + diagnostics, seconds: monotonicSeconds() - began)
    if selection == .all, outcome.succeeded {
      await cache?.store(outcome, for: lesson)
      memos?.prune(lesson)
    }
    return outcome
  }

  /// What an earlier run of the same code gave, or why there is none.
  package func cached(_ lesson: Lesson) async -> CacheAnswer {
    guard let cache else { return .miss(reason: "the cache is off") }
    return await cache.find(lesson)
  }

  private struct ProgramRun {
    var recorder: RunRecorder
    /// Nil when the program came to its end.
    var failure: FailureReport?
  }

  private func runProgram(
    _ executable: String, of lesson: Lesson, _ span: CellSpan, scopes: [Int]?,
    _ events: @escaping @Sendable (RunEvent) -> Void
  ) async -> ProgramRun {
    let standard = configuration.secondsPerCell
    let timeouts = lesson.cells.map { $0.options.timeout ?? standard }
    var environment = configuration.lessonEnvironment
    if let memos { environment.merge(await memos.environment(for: lesson)) { $1 } }
    environment[ChannelEnvironment.scopes] = scopes.map { $0.map(String.init).joined(separator: ",") }
    let process = LessonProcess(
      executable: executable, directory: configuration.workingDirectory, environment: environment,
      limits: ProcessLimits(
        seconds: { index in index.flatMap { timeouts.indices.contains($0) ? timeouts[$0] : nil } ?? standard },
        outputBytes: configuration.outputBytesPerCell, shownBytes: configuration.shownBytesPerCell,
        memoryBytes: configuration.memoryBytes))
    let recorder = RunRecorder(
      cells: lesson.cells.count, expressions: lesson.inlineExpressions.count, span: span, events: events)
    do throws(SystemError) {
      let (ending, recorder) = try await onOwnThread { (cancellation) throws(SystemError) in
        var recorder = recorder
        let ending = try process.run(cancellation) { recorder.handle($0) }
        recorder.flushText()
        return (ending, recorder)
      }
      if recorder.isFinished, ending.stop == nil { return ProgramRun(recorder: recorder) }
      let stack = await stack(of: recorder.failure, in: executable, lesson)
      return ProgramRun(
        recorder: recorder,
        failure: FailureReport(
          lesson: lesson, recorder: recorder, ending: ending, stack: stack, memoryBytes: configuration.memoryBytes))
    } catch {
      // Only a machine without processes, descriptors or the file just compiled comes here.
      let ending = LessonProcess.Ending(process: .exited(127), stop: .cannotStart(error.text))
      return ProgramRun(
        recorder: recorder,
        failure: FailureReport(
          lesson: lesson, recorder: recorder, ending: ending, stack: LessonStack([], path: lesson.source.path),
          memoryBytes: configuration.memoryBytes))
    }
  }

  private func stack(of failure: RunRecorder.Failure?, in executable: String, _ lesson: Lesson) async -> LessonStack {
    let frames =
      switch failure {
      case .crashed(let crash): crash.frames
      case .uncaught(let error): error.frames
      case .exited(_, let frames): frames
      case nil: [Int]()
      }
    let symbolizer = Symbolizer(tool: toolchain.symbolizer, environment: configuration.environment)
    return LessonStack(await symbolizer.places(of: frames, in: executable), path: lesson.source.path)
  }

  private func runErrorCell(
    _ errorCell: PreparedLesson.ErrorCell, of lesson: Lesson, _ events: @escaping @Sendable (RunEvent) -> Void
  ) async -> (cell: CellRun, diagnostics: [Diagnostic]) {
    let index = errorCell.cell
    let report = ErrorCellReport(lesson: lesson)
    switch errorCell.state {
    case .failedToCompile(let message): return (CellRun(outputs: [.expectedError(message)]), [])
    case .compiled(let executable):
      let part = await runProgram(
        executable, of: lesson, CellSpan(shown: index..<index + 1, last: index),
        scopes: lesson.cells[index].scope.map { [$0.index] } ?? [], events)
      guard let failure = part.failure else {
        return (part.recorder.cells[index], [report.passed(cell: index, expected: errorCell.text)])
      }
      guard part.recorder.current == index else { return (CellRun(), [failure.diagnostic()]) }
      if case .cancelled = failure.ending.stop { return (CellRun(), [failure.diagnostic()]) }
      let message = failure.message
      guard message.contains(errorCell.text) else {
        return (CellRun(), [report.otherText(cell: index, expected: errorCell.text, found: message)])
      }
      // The runtime's own words on standard error are what the expected error says.
      let outputs = part.recorder.cells[index].outputs.filter {
        if case .text(.standardError, _) = $0 { false } else { true }
      }
      return (CellRun(outputs: outputs + [.expectedError(message)]), [])
    }
  }
}
