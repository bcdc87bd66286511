internal import Foundation
internal import Lessons
internal import SiteBuilder
internal import SnippetRunner

/// One build: the lessons' stages in their order, several lessons at a time, and the site at the end.
struct BuildSession: Sendable {
  private let parsed: [ParseResult]
  private let slugs: [String]
  private let libraryDiagnostics: [Diagnostic]
  private let lessonsFolder: String
  /// The lessons that were named; nil: all.
  private let named: Set<Int>?
  private let configuration: RunnerConfiguration
  private let jobs: Int
  private let siteFolder: URL
  private let address: SiteAddress?
  private let buildDirectory: String?
  private let withSolutions: Bool
  private let progress: BuildProgress

  init(
    lessons: LessonArguments, named: Set<Int>?, configuration: RunnerConfiguration, jobs: Int, siteFolder: String,
    address: SiteAddress?, buildDirectory: String?, withSolutions: Bool, progress: BuildProgress
  ) {
    self.withSolutions = withSolutions
    parsed = lessons.results
    slugs = lessons.library.lessons.map(\.slug)
    libraryDiagnostics = lessons.library.diagnostics
    lessonsFolder = lessons.folder
    self.named = named
    self.configuration = configuration
    self.jobs = jobs
    self.siteFolder = URL(filePath: siteFolder)
    self.address = address
    self.buildDirectory = buildDirectory
    self.progress = progress
  }

  /// What became of one lesson.
  private struct Part: Sendable {
    var material: LessonMaterial?
    /// The old site's page, for a lesson that was not named and has no kept result.
    var kept: KeptPage?
    var report: LessonReport

    /// How many cells were run.
    var cells: Int {
      guard case .run = report.origin, let lesson = material?.lesson else { return 0 }
      return lesson.cells.count { $0.options.eval && !$0.options.ignore }
    }
  }

  /// Everything that was found wrong, which has been shown by then.
  func run() async -> [Diagnostic] {
    let began = ContinuousClock.now
    await progress.report(libraryDiagnostics)
    var diagnostics = libraryDiagnostics

    let parts: [Part]
    var reference: APIReference?
    do throws(LessonFailure) {
      let toolchain = try await Toolchain.find(buildDirectory: buildDirectory)
      parts = try await buildLessons(toolchain, formulaMistakes: formulaMistakes())
      // A build with mistakes writes no site, and is told of them sooner.
      if !parts.flatMap(\.report.diagnostics).contains(where: { $0.severity == .error }) {
        let found = await ReferenceStage.reference(of: toolchain, cacheFolder: cacheFolder)
        reference = found.reference
        diagnostics += found.warnings
        await progress.report(found.warnings)
      }
    } catch {
      await progress.report(error.diagnostics)
      return diagnostics + error.diagnostics
    }
    diagnostics += parts.flatMap(\.report.diagnostics)
    let site = SiteRenderer(
      cacheFolder: URL(filePath: cacheFolder), program: await RunningProgram.identity(cacheFolder: cacheFolder),
      lessonsFolder: URL(filePath: lessonsFolder), address: address
    )
    .render(
      parts.compactMap(\.material), keeping: parts.compactMap(\.kept), reference: reference,
      withSolutions: withSolutions)
    await progress.report(site.diagnostics)
    diagnostics += site.diagnostics

    let errors = diagnostics.count { $0.severity == .error }
    guard errors == 0, !Task.isCancelled else {
      let what = Task.isCancelled ? "interrupted" : errors == 1 ? "1 error" : "\(errors) errors"
      await progress.summary("\(what): \(siteFolder.relativePath) is left as it was")
      return diagnostics
    }
    do throws(Diagnostic) {
      let timings = parsed.compactMap(\.lesson).compactMap {
        CellTimings.siteFile(of: $0, in: cacheFolder, withSolutions: withSolutions)
      }
      try SiteWriter(folder: siteFolder).write(site.files + timings)
    } catch {
      await progress.report([error])
      return diagnostics + [error]
    }
    // Those of the reference are as many as the library has types.
    let pages = site.files.count { $0.path.hasSuffix(".html") && !$0.path.hasPrefix("api/") }
    let cells = parts.reduce(0) { $0 + $1.cells }
    let elapsed = Double((ContinuousClock.now - began) / .milliseconds(1)) / 1_000
    await progress.summary(
      "\(siteFolder.relativePath): \(pages) pages, \(cells) \(cells == 1 ? "cell" : "cells") run, "
        + BuildProgress.duration(elapsed))
    return diagnostics
  }

  /// By slug. Formulas are checked before anything is compiled or run.
  private func formulaMistakes() -> [String: [Diagnostic]] {
    let mistakes = FormulaCheck.mistakes(
      in: parsed.map { ($0.source, $0.formulas) }, cacheFolder: URL(filePath: cacheFolder))
    return Dictionary(zip(slugs, mistakes)) { first, _ in first }
  }

  private func buildLessons(
    _ toolchain: Toolchain, formulaMistakes: [String: [Diagnostic]]
  ) async throws(LessonFailure) -> [Part] {
    let runner = LessonRunner(toolchain: toolchain, configuration: configuration)
    let highlighter = await highlighter(for: toolchain)
    let slots = JobLimit(jobs)
    let colouring = JobLimit(configuration.jobs)
    return await withTaskGroup(of: Part.self) { group in
      for index in parsed.indices {
        let mistakes = formulaMistakes[slugs[index]] ?? []
        group.addTask { await build(index, mistakes, runner, highlighter, slots: slots, colouring: colouring) }
      }
      var parts: [Part] = []
      for await part in group { parts.append(part) }
      return parts.sorted { $0.report.index < $1.report.index }
    }
  }

  private var cacheFolder: String { configuration.cacheFolder ?? ".walkthrough/cache" }

  private func highlighter(for toolchain: Toolchain) async -> SyntaxHighlighter {
    let editor = await EditorSupport(toolchain: toolchain, cacheFolder: cacheFolder)
    let server = editor.languageServer.map {
      SyntaxHighlighter.Toolchain(
        languageServer: $0, compilerArguments: editor.compilerArguments, lessonModule: editor.lessonModule,
        fingerprint: editor.fingerprint)
    }
    return SyntaxHighlighter(toolchain: server, cacheFolder: URL(filePath: cacheFolder).appending(path: "tokens"))
  }

  private func build(
    _ index: Int, _ formulaMistakes: [Diagnostic], _ runner: LessonRunner, _ highlighter: SyntaxHighlighter,
    slots: JobLimit, colouring: JobLimit
  ) async -> Part {
    let report = LessonReport(
      index: index, slug: slugs[index], diagnostics: parsed[index].diagnostics + formulaMistakes)
    var part = Part(report: report)
    if let lesson = parsed[index].lesson {
      let answer = await runner.cached(lesson)
      part.report.cells = lesson.cells.count
      part.report.explanation = answer.explanation
      if let named, !named.contains(index), case .miss = answer {
        part.kept = KeptPage(of: lesson, in: siteFolder).flatMap { withSolutions || !$0.hasSolutions ? $0 : nil }
        part.report.origin = part.kept == nil ? .leftOut : .oldPage
      } else {
        part.material = await material(
          of: lesson, answer, runner, highlighter, slots: slots, colouring: colouring, &part.report)
      }
    }
    await progress.ended(part.report)
    return part
  }

  /// What a lesson's page is made of; nil where there is a mistake.
  private func material(
    of lesson: Lesson, _ answer: CacheAnswer, _ runner: LessonRunner, _ highlighter: SyntaxHighlighter,
    slots: JobLimit, colouring: JobLimit, _ report: inout LessonReport
  ) async -> LessonMaterial? {
    guard !report.diagnostics.contains(where: { $0.severity == .error }) else { return nil }
    let outcome: RunOutcome
    if case .hit(let kept) = answer {
      outcome = kept
      report.origin = .kept
    } else {
      do throws(LessonFailure) {
        outcome = try await run(lesson, runner, slots: slots)
      } catch {
        report.diagnostics += error.diagnostics
        return nil
      }
      report.origin = .run(seconds: outcome.seconds)
    }
    report.diagnostics += outcome.diagnostics
    guard outcome.succeeded else { return nil }
    let colours = await colouring.withSlot { () async throws(Never) in await colour(lesson, highlighter) }
    report.diagnostics += colours.warnings
    return LessonMaterial(lesson: lesson, run: outcome.run, tokens: colours.tokens)
  }

  /// Asks the language server away from the threads that asynchronous code shares: it may take seconds to answer.
  private func colour(_ lesson: Lesson, _ highlighter: SyntaxHighlighter) async -> SyntaxHighlighter.Result {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: highlighter.highlight(lesson)) }
    }
  }

  /// Compiles beside other lessons, then waits for a turn to run.
  private func run(
    _ lesson: Lesson, _ runner: LessonRunner, slots: JobLimit
  ) async throws(LessonFailure) -> RunOutcome {
    await progress.compiling(lesson)
    let prepared = try await runner.prepare(lesson)
    let progress = progress
    let timings = CellTimings()
    let result = await slots.withSlot { () async throws(Never) in
      do throws(LessonFailure) {
        return Result<RunOutcome, LessonFailure>.success(
          try await runner.run(
            prepared,
            watchedBy: {
              await timings.note($0)
              await progress.running(lesson, $0)
            }))
      } catch {
        return .failure(error)
      }
    }
    let outcome = try result.get()
    if outcome.succeeded { await timings.keep(for: lesson, in: cacheFolder) }
    return outcome
  }
}
