internal import Foundation
import Testing

/// The built program, run as a person runs it.
struct CommandTests {
  @Test func buildRendersTheLessons() async throws {
    let place = try Workplace(lessons: ["good/01-good.md"])
    let first = try await place.run("build", "--explain")
    try Golden.expect(first.transcript, matches: "build.txt")
    #expect(place.exists("site/index.html"))
    let page = try place.text("site/01-good.html")
    #expect(page.contains("squares: [1, 4, 9, 16, 25]"))

    let again = try await place.run("build", "--explain")
    try Golden.expect(again.transcript, matches: "build-again.txt")
  }

  @Test func aChangedSentenceRunsNothing() async throws {
    let place = try Workplace(lessons: ["good/01-good.md"])
    #expect(try await place.run("build").code == 0)
    let changed = try place.text("lessons/01-good.md").replacing("Their sum is", with: "Added up, they are")
    try changed.write(to: place.folder.appending(path: "lessons/01-good.md"), atomically: true, encoding: .utf8)
    let result = try await place.run("build")
    #expect(result.errors.contains("kept"))
    #expect(try place.text("site/01-good.html").contains("Added up, they are"))
  }

  @Test func everyBuildGivesTheSameBytes() async throws {
    let place = try Workplace(lessons: ["good/01-good.md"])
    #expect(try await place.run("build").code == 0)
    let options = ["WALKTHROUGH_THREADS": "1"]
    let second = try await place.run("build", "--site", "again", "--cache", "other-cache", environment: options)
    #expect(second.code == 0)
    func lasting(_ folder: String) throws -> [String: Data] {
      try place.files(folder).filter { !$0.key.hasPrefix("timings/") }
    }
    #expect(try lasting("site") == lasting("again"))
    #expect(place.exists("site/api/LessonKit/index.html"))
  }

  @Test func timesOfTheLastRunLieBesideThePages() async throws {
    let place = try Workplace(lessons: ["good/01-good.md"])
    #expect(try await place.run("build").code == 0)
    let times = try place.text("site/timings/01-good.js")
    #expect(times.hasPrefix("walkthroughTimings({") && times.contains("\"fig-squares\":"))
    #expect(try !place.text("site/01-good.html").contains("timings/"))
    #expect(try await place.run("build").errors.contains("kept"))
    #expect(try place.text("site/timings/01-good.js") == times)
  }

  @Test func aPublishedSiteHasASitemapAndAFeed() async throws {
    let place = try Workplace(lessons: ["good/01-good.md"])
    #expect(try await place.run("build", "--base", "https://example.org/course").code == 0)
    #expect(try place.text("site/sitemap.xml").contains("<loc>https://example.org/course/01-good.html</loc>"))
    #expect(try place.text("site/feed.xml").contains("<link>https://example.org/course/01-good.html</link>"))
    #expect(
      try place.text("site/01-good.html").contains(
        #"<link rel="canonical" href="https://example.org/course/01-good.html">"#))
    #expect(try place.text("site/404.html").contains(#"src="https://example.org/course/assets/site.js""#))
    // Without an address nothing claims one.
    #expect(try await place.run("build").code == 0)
    #expect(!place.exists("site/feed.xml"))
    #expect(try !place.text("site/01-good.html").contains("canonical"))
  }

  @Test(arguments: ["example.org", "ftp://example.org/", "https://example.org/?a", "https:///x"])
  func whatIsNoAddressIsRefused(_ text: String) async throws {
    let place = try Workplace(lessons: ["good/01-good.md"])
    let result = try await place.run("build", "--base", text)
    #expect(result.code == 64 && result.errors.contains("--base takes an address"))
  }

  @Test func runShowsALesson() async throws {
    let place = try Workplace(lessons: ["good/01-good.md"])
    let result = try await place.run("run", "01-good", "--figures", "figures")
    try Golden.expect(result.transcript, matches: "run.txt")
    #expect(try place.text("figures/fig-squares.svg").contains("<svg"))
  }

  @Test(arguments: ["--cell", "--through"]) func runSelectsCells(option: String) async throws {
    let place = try Workplace(lessons: ["good/01-good.md"])
    let result = try await place.run("run", "good", option, "fig-squares")
    try Golden.expect(result.transcript, matches: "run\(option).txt")
  }

  @Test func listNamesLessonsAndCells() async throws {
    let place = try Workplace(lessons: ["good/01-good.md"])
    try Golden.expect(try await place.run("list").transcript, matches: "list.txt")
  }

  @Test(arguments: ["build", "run", "list"]) func helpTellsWhatACommandAccepts(command: String) async throws {
    let place = try Workplace(lessons: [])
    try Golden.expect(try await place.run("help", command).transcript, matches: "help-\(command).txt")
  }

  @Test(
    arguments: [
      ("nothing", []), ("unknown-command", ["biuld"]), ("unknown-option", ["build", "--sight", "x"]),
      ("missing-value", ["build", "--site"]), ("bad-number", ["build", "--jobs", "many"]),
      ("no-lesson", ["run"]), ("unknown-lesson", ["run", "01-goof"]),
      ("two-selections", ["run", "01", "--cell", "a", "--through", "b"]),
    ] as [(String, [String])])
  func wrongUsageSaysWhatIsRight(name: String, words: [String]) async throws {
    let place = try Workplace(lessons: ["good/01-good.md"])
    let result = try await place.run(words)
    #expect(result.code == 64)
    try Golden.expect(result.transcript, matches: "usage-\(name).txt")
  }

  @Test func anUnknownCellNamesThoseThatThereAre() async throws {
    let place = try Workplace(lessons: ["good/01-good.md"])
    let result = try await place.run("run", "01-good", "--cell", "fig-sqares")
    #expect(result.code == 64)
    try Golden.expect(result.transcript, matches: "run-unknown-cell.txt")
  }

  /// A path names the file that lies there, whatever else has its name.
  @Test func aPathNamesItsFile() async throws {
    let place = try Workplace(lessons: ["good/01-good.md"])
    let other = place.folder.appending(path: "other")
    try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
    try place.text("lessons/01-good.md").replacing("squares:", with: "elsewhere:").write(
      to: other.appending(path: "01-good.md"), atomically: true, encoding: .utf8)
    #expect(try await place.run("run", "other/01-good.md").output.contains("elsewhere: [1"))
    #expect(try await place.run("run", "lessons/01-good.md").output.contains("squares: [1"))
    #expect(try await place.run("run", "other/01-good.md", "--lessons", "lessons").code == 64)
  }

  /// A data set that a variable puts elsewhere is another data set.
  @Test func overriddenDataRunTheLessonAgain() async throws {
    let place = try Workplace(lessons: ["good/01-good.md"])
    let path = "lessons/01-good.md"
    try place.text(path).replacing("order: 1\n", with: "order: 1\ndata: [data/pictures.gz]\n").write(
      to: place.folder.appending(path: path), atomically: true, encoding: .utf8)
    for (folder, content) in [("data", "first"), ("mine", "second")] {
      let file = place.folder.appending(path: "\(folder)/pictures.gz")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try content.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try await place.run("build").errors.contains("2 cells run"))
    #expect(try await place.run("build").errors.contains("kept"))
    let variable = ["WALKTHROUGH_PICTURES": place.folder.appending(path: "mine").path]
    let again = try await place.run("build", "--explain", environment: variable)
    #expect(again.errors.contains("changed: the data file data/pictures.gz"))
  }

  @Test func aSignalEndsTheLessonAndLeavesNothing() async throws {
    let place = try Workplace(lessons: ["broken/02-endless-cell.md"])
    let path = "lessons/02-endless-cell.md"
    try place.text(path).replacing("//| timeout: 1\n", with: "").write(
      to: place.folder.appending(path: path), atomically: true, encoding: .utf8)
    let running = try place.start("build", "--timeout", "600")
    while try place.survivors().isEmpty, running.isRunning { try await Task.sleep(for: .milliseconds(20)) }
    running.interrupt()
    await running.end()
    #expect(running.terminationStatus == 130)
    #expect(try place.survivors().isEmpty)
    #expect(!place.exists("site"))
  }

  /// The lesson that the README shows as complete is complete.
  @Test func theLessonOfTheReadmeBuilds() async throws {
    let place = try Workplace(lessons: [])
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let parts = readme.components(separatedBy: "````")
    let lesson = try #require(parts.first { $0.hasPrefix("markdown\n") }).dropFirst("markdown\n".count)
    let file = place.folder.appending(path: "lessons/90-a-fair-coin.md")
    try lesson.write(to: file, atomically: true, encoding: .utf8)
    let result = try await place.run("build")
    #expect(result.code == 0, "\(result.errors)")
  }
}

/// `walkthrough build` with names.
struct NamedLessonTests {
  @Test func anUnnamedLessonKeepsItsPage() async throws {
    let place = try Workplace(lessons: ["good/01-good.md", "good/02-formula.md"])
    #expect(try await place.run("build").code == 0)
    let before = try place.files("site")

    // Code that would fail: it is not run, and the page of before stays, with its fonts, figures and picture.
    let path = "lessons/01-good.md"
    try place.text(path).replacing("print(", with: "fatalError(").write(
      to: place.folder.appending(path: path), atomically: true, encoding: .utf8)
    let second = try place.text("lessons/02-formula.md").replacing("is one sentence", with: "is another sentence")
    try second.write(to: place.folder.appending(path: "lessons/02-formula.md"), atomically: true, encoding: .utf8)
    let result = try await place.run("build", "02")
    #expect(result.code == 0)
    try Golden.expect(result.transcript, matches: "build-named.txt")
    let after = try place.files("site")
    #expect(after.keys == before.keys)
    let changed = after.keys.filter { after[$0] != before[$0] }.sorted()
    #expect(changed == ["02-formula.html", "assets/search-index.js"])
  }

  @Test func aLessonWithoutAPageIsLeftOut() async throws {
    let place = try Workplace(lessons: ["good/01-good.md", "good/02-formula.md"])
    let result = try await place.run("build", "02")
    try Golden.expect(result.transcript, matches: "build-named-first.txt")
    #expect(!place.exists("site/01-good.html"))
    #expect(place.exists("site/02-formula.html"))
  }
}
