internal import Foundation
internal import Lessons
internal import SiteBuilder
internal import SnippetRunner

/// `walkthrough build`: lessons become a site.
enum BuildCommand {
  static let command = Command(description: description) { try await run($0) }

  private static let description = CommandDescription(
    name: "build", usage: "[LESSON…] [options]", summary: "Render the lessons into a site.",
    discussion: """
      Every lesson is parsed, compiled, run and rendered, and the site is swapped in as a whole. A lesson with a mistake
      keeps the old site where it was; the others are still built, so that one build reports all mistakes. Results are
      kept: a lesson whose code, library, compiler and data are unchanged is not run again.

      With names, only these lessons are run; the others come from kept results, or keep the pages that they have.
      """,
    operands: 0...Int.max,
    options: [
      LessonArguments.folderOption,
      .init(name: "--site", value: "DIR", help: "Where the site is written (default: site)."),
      .init(name: "--student", value: nil, help: "Leave the solutions of exercises out; they are run all the same."),
      LessonArguments.cacheOption,
      .init(name: "--jobs", value: "N", help: "How many lessons run at the same time (default: 1, with all cores)."),
      .init(name: "--explain", value: nil, help: "Say for every lesson why it is run or not."),
      .init(name: "--timeout", value: "SECONDS", help: "How long a cell without a timeout of its own may run (300)."),
      .init(
        name: "--base", value: "URL",
        help: "Where the site will be published: adds a sitemap, a feed and whole addresses."),
      LessonArguments.buildFolderOption,
      LessonArguments.colorOption,
    ])

  private static func run(_ arguments: ParsedArguments) async throws(UsageError) -> ExitCode {
    let color = try arguments.choice("--color", of: Terminal.colorChoices) ?? "auto"
    let jobs = try arguments.integer("--jobs", atLeast: 1) ?? 1
    var configuration = RunnerConfiguration()
    if let folder = arguments.value(of: "--cache") {
      (configuration.cacheFolder, configuration.memoFolder) = (folder, folder + "/memo")
    }
    if let seconds = try arguments.integer("--timeout", atLeast: 1) { configuration.secondsPerCell = Double(seconds) }
    if jobs > 1 { configuration.threads = max(1, ProcessInfo.processInfo.activeProcessorCount / jobs) }

    var address: SiteAddress?
    if let text = arguments.value(of: "--base") {
      address = SiteAddress(text)
      if address == nil {
        throw UsageError(message: "--base takes an address such as https://example.org/lessons/, not '\(text)'")
      }
    }

    let lessons = try LessonArguments(arguments)
    var named: Set<Int> = []
    for word in arguments.operands { named.insert(try lessons.index(of: word)) }

    let terminal = Terminal(descriptor: STDERR_FILENO, colorChoice: color)
    let session = BuildSession(
      lessons: lessons, named: arguments.operands.isEmpty ? nil : named, configuration: configuration, jobs: jobs,
      siteFolder: arguments.value(of: "--site") ?? "site", address: address,
      buildDirectory: arguments.value(of: "--lessonkit"), withSolutions: !arguments.has("--student"),
      progress: BuildProgress(terminal: terminal, explains: arguments.has("--explain")))
    let diagnostics = await session.run()
    return ExitCode(for: diagnostics)
  }
}
