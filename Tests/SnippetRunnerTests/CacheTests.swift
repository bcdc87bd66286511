internal import Foundation
internal import Lessons
internal import SnippetRunner
internal import Testing

/// A lesson's text, with parts that a test changes.
private func text(
  prose: String = "Prose.", first: String = "let n = 3", second: String = "expect(n, equals: 3, \"three\")\nprint(n)",
  data: String = ""
) -> String {
  """
  ---
  title: Kept
  summary: A fixture.
  order: 1
  \(data.isEmpty ? "" : "data: [\(data)]")
  ---

  # Kept

  \(prose)

  ```swift
  \(first)
  ```

  Here is `{swift} n`.

  ```swift
  \(second)
  ```
  """
}

/// Runs are kept as long as nothing that they depend on changes.
@Suite(.serialized)
final class CacheTests {
  private let folder: URL

  init() throws { folder = try FixtureLessons.temporaryFolder() }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func runner(_ change: (inout RunnerConfiguration) -> Void = { _ in }) async throws -> LessonRunner {
    try await FixtureLessons.runner {
      $0.cacheFolder = folder.path + "/cache"
      $0.workingDirectory = folder.path
      change(&$0)
    }
  }

  private func fill(_ text: String, _ runner: LessonRunner) async throws -> RunOutcome {
    try await runner.run(runner.prepare(FixtureLessons.parse(text)))
  }

  private func answer(_ text: String, _ runner: LessonRunner) async throws -> CacheAnswer {
    await runner.cached(try FixtureLessons.parse(text))
  }

  private var entries: [URL] {
    get throws {
      try FileManager.default.contentsOfDirectory(
        at: folder.appending(path: "cache/runs/fixture"), includingPropertiesForKeys: nil)
    }
  }

  @Test func anUnchangedLessonIsAHit() async throws {
    let runner = try await runner()
    #expect(try await answer(text(), runner) == .miss(reason: "no result of it is kept"))
    let outcome = try await fill(text(), runner)
    #expect(outcome.succeeded)
    #expect(try await answer(text(), runner) == .hit(outcome))
  }

  /// Places move with the code: the claim stands where its cell now is.
  @Test func proseIsNotInTheKey() async throws {
    let runner = try await runner()
    let outcome = try await fill(text(second: "func f() -> Int { 1 }\nf()\nexpect(n, equals: 3, \"three\")"), runner)
    let moved = text(
      prose: "More.\n\n- of\n- it", second: "func f() -> Int { 1 }\nf()\nexpect(n, equals: 3, \"three\")")
    guard case .hit(let kept) = try await answer(moved, runner) else {
      Issue.record("not a hit")
      return
    }
    #expect(outcome.diagnostics.map(\.location?.range.start.line) == [20])
    #expect(kept.diagnostics.map(\.location?.range.start.line) == [23])
    #expect(kept.diagnostics.first?.location?.excerpt == ["f()"])
    #expect(kept == (try await fill(moved, runner)).with(seconds: kept.seconds))
  }

  @Test func codeOptionsAndDataAreInTheKey() async throws {
    let file = folder.appending(path: "numbers.txt")
    try Data("1".utf8).write(to: file)
    try FileManager.default.setAttributes([.modificationDate: Date.now - 100], ofItemAtPath: file.path)
    let runner = try await runner()
    _ = try await fill(text(data: "numbers.txt"), runner)
    func reason(_ text: String) async throws -> String {
      guard case .miss(let reason) = try await answer(text, runner) else { return "hit" }
      return reason
    }
    #expect(try await reason(text(data: "numbers.txt")) == "hit")
    #expect(
      try await reason(text(first: "let n = 2 + 1", data: "numbers.txt")) == "changed: the code of cell-1")
    #expect(
      try await reason(text(first: "//| label: start\nlet n = 3", data: "numbers.txt"))
        == "new: the code of start; gone: the code of cell-1")
    #expect(try await reason(text()) == "gone: the data file numbers.txt")
    try Data("2".utf8).write(to: file)
    #expect(try await reason(text(data: "numbers.txt")) == "changed: the data file numbers.txt")
  }

  /// Results do not depend on them.
  @Test func threadsAndLimitsAreNotInTheKey() async throws {
    let outcome = try await fill(text(), try await runner())
    let other = try await runner {
      $0.threads = 1
      $0.secondsPerCell = 10
      $0.memoryBytes = 400 << 20
    }
    #expect(try await answer(text(), other) == .hit(outcome))
  }

  @Test func codeThatAsksForItsPlaceMustNotMove() async throws {
    let runner = try await runner()
    _ = try await fill(text(second: "print(#line)"), runner)
    #expect(
      try await answer(text(prose: "A\n\nB", second: "print(#line)"), runner)
        == .miss(reason: "changed: the code of cell-2"))
  }

  @Test(arguments: ["empty", "cut", "flipped", "foreign"])
  func aDamagedEntryIsAMiss(kind: String) async throws {
    let runner = try await runner()
    _ = try await fill(text(), runner)
    let file = try #require(try entries.first)
    var data = try Data(contentsOf: file)
    switch kind {
    case "empty": data = Data()
    case "cut": data = data.prefix(data.count / 2)
    case "flipped": data[data.count - 9] ^= 4
    default: data = Data(repeating: 0xAB, count: 5_000)
    }
    try data.write(to: file)
    #expect(try await answer(text(), runner) == .miss(reason: "the kept result is damaged"))
    let again = try await fill(text(), runner)
    #expect(try await answer(text(), runner) == .hit(again))
  }

  /// The list of digests is a convenience as well.
  @Test func damagedDigestsAreForgotten() async throws {
    let outcome = try await fill(text(), try await runner())
    let file = folder.appending(path: "cache/digests")
    #expect(FileManager.default.fileExists(atPath: file.path))
    try Data([0xFF, 0x09, 0x0A, 0x30, 0x09]).write(to: file)
    #expect(try await answer(text(), try await runner()) == .hit(outcome))
  }

  @Test func aFailedRunIsNotKept() async throws {
    let runner = try await runner()
    let failing = text(second: "expect(n, equals: 4, \"four\")")
    #expect(try await fill(failing, runner).succeeded == false)
    #expect(try await answer(failing, runner) == .miss(reason: "no result of it is kept"))
  }

  @Test func aFolderThatCannotBeWrittenIsNoError() async throws {
    let file = folder.appending(path: "occupied")
    try Data().write(to: file)
    let runner = try await runner { $0.cacheFolder = file.path + "/cache" }
    #expect(try await fill(text(), runner).succeeded)
    #expect(try await answer(text(), runner) == .miss(reason: "no result of it is kept"))
  }

  @Test func oldResultsAreRemoved() async throws {
    let runner = try await runner()
    for n in 0..<8 { _ = try await fill(text(first: "let n = \(n)", second: "print(n)"), runner) }
    #expect(try entries.count == 6)
  }
}

extension RunOutcome {
  fileprivate func with(seconds: Double) -> RunOutcome {
    var copy = self
    copy.seconds = seconds
    return copy
  }
}
