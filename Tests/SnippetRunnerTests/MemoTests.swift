internal import Foundation
internal import Lessons
internal import SnippetRunner
internal import Testing

/// A kept value is the value that would be computed, or it is computed.
@Suite(.serialized)
struct MemoTests {
  /// A lesson's run with a folder for its memos.
  private static func run(
    _ lesson: Lesson, memos: URL?, _ change: (inout RunnerConfiguration) -> Void = { _ in }
  ) async throws -> String {
    let runner = try await FixtureLessons.runner {
      $0.memoFolder = memos?.path
      change(&$0)
    }
    return await Transcript.run(lesson, with: runner)
  }

  /// How many keys a lesson's memos are kept under, checkpoints included.
  private static func keys(in memos: URL) -> Set<String> {
    let folder = memos.appending(path: "fixture").path
    return Set((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
  }

  @Test func aKeptValueLeavesTheLessonWhereAComputedOneDoes() async throws {
    let lesson = try FixtureLessons.load("Good/memo")
    let memos = try FixtureLessons.temporaryFolder()
    let computed = try await Self.run(lesson, memos: memos)
    try Golden.expect(computed, matches: "memo.txt")
    let kept = try await Self.run(lesson, memos: memos)
    #expect(kept == computed)
    #expect(try await Self.run(lesson, memos: nil) == computed)
  }

  @Test func valuesOfSeveralElementsAreThoseThatOneAfterTheOtherGives() async throws {
    let lesson = try FixtureLessons.load("Good/memo-each")
    let memos = try FixtureLessons.temporaryFolder()
    let computed = try await Self.run(lesson, memos: memos) { $0.threads = 3 }
    try Golden.expect(computed, matches: "memo-each.txt")
    #expect(try await Self.run(lesson, memos: memos) == computed)
    #expect(try await Self.run(lesson, memos: nil) { $0.threads = 1 } == computed)
    // One of the seven is lost; the others are kept.
    let files = try FileManager.default.subpathsOfDirectory(atPath: memos.path).filter { $0.contains("halves") }
    #expect(files.count == 7)
    let lost = memos.appending(path: try #require(files.sorted().last))
    try FileManager.default.removeItem(at: lost)
    #expect(try await Self.run(lesson, memos: memos) { $0.threads = 2 } == computed)
    #expect(FileManager.default.fileExists(atPath: lost.path))
  }

  private static let base = """
    ---
    title: F
    summary: F.
    order: 1
    ---

    # F

    Prose with `{swift} 1`.

    ```swift
    //| label: first
    let first = 1
    ```

    ```swift
    //| label: memo
    print(memo("value") { first + helper(1) })
    ```

    Prose with `{swift} 2`.

    ```swift
    //| label: later
    let later = 3
    ```

    ```swift
    //| label: helper
    func helper(_ x: Int) -> Int { x + 10 }
    ```

    ## Exercise: e

    ### Solution

    ```swift
    print("solution")
    ```

    """

  struct Edit: CustomTestStringConvertible, Sendable {
    var old: String
    var new: String
    var isComputedAgain: Bool
    var testDescription: String { "\(old) becomes \(new)" }
  }

  @Test(arguments: [
    Edit(old: "Prose with", new: "Other words with", isComputedAgain: false),
    Edit(old: "label: memo", new: "label: other", isComputedAgain: false),
    Edit(old: "let later = 3", new: "let later = 4", isComputedAgain: false),
    Edit(old: "`{swift} 2`", new: "`{swift} 3`", isComputedAgain: false),
    Edit(old: "print(\"solution\")", new: "func helper() {}", isComputedAgain: false),
    Edit(old: "\"value\"", new: "\"name\"", isComputedAgain: true),
    Edit(old: "first + helper", new: "first  + helper", isComputedAgain: true),
    Edit(old: "let first = 1", new: "let first = 2", isComputedAgain: true),
    Edit(old: "`{swift} 1`", new: "`{swift} 5`", isComputedAgain: true),
    Edit(old: "x + 10", new: "x + 11", isComputedAgain: true),
  ])
  func whatAValueDependsOnIsItsKey(edit: Edit) async throws {
    let memos = try FixtureLessons.temporaryFolder()
    _ = try await Self.run(try FixtureLessons.parse(Self.base), memos: memos)
    let before = Self.keys(in: memos)
    #expect(before.count == 1)
    let edited = Self.base.replacingOccurrences(of: edit.old, with: edit.new)
    #expect(edited != Self.base)
    let text = try await Self.run(try FixtureLessons.parse(edited), memos: memos)
    #expect(text == (try await Self.run(try FixtureLessons.parse(edited), memos: nil)))
    #expect((Self.keys(in: memos) != before) == edit.isComputedAgain)
  }

  @Test func aDataFileIsPartOfTheKey() async throws {
    let folder = try FixtureLessons.temporaryFolder()
    let file = folder.appending(path: "data.txt")
    let memos = folder.appending(path: "memos")
    let text = Self.base.replacingOccurrences(of: "order: 1", with: "order: 1\ndata:\n  - \(file.path)")
    var seen: [Set<String>] = []
    for content in ["one", "two", "one"] {
      try content.write(to: file, atomically: true, encoding: .utf8)
      _ = try await Self.run(try FixtureLessons.parse(text), memos: memos)
      seen.append(Self.keys(in: memos))
    }
    #expect(seen.map(\.count) == [1, 2, 2])
  }

  @Test(arguments: ["cut", "flipped", "other key", "empty"])
  func adamagedFileIsNone(damage: String) async throws {
    let memos = try FixtureLessons.temporaryFolder()
    let lesson = try FixtureLessons.parse(Self.base)
    let computed = try await Self.run(lesson, memos: memos)
    let key = try #require(Self.keys(in: memos).first)
    let file = memos.appending(path: "fixture/\(key)/value")
    let whole = try Data(contentsOf: file)
    var bytes = whole
    switch damage {
    case "cut": bytes = bytes.prefix(bytes.count - 9)
    case "flipped": bytes[bytes.count - 12] ^= 1
    case "empty": bytes = Data()
    default:
      // A sound file that was kept for another value.
      let edited = Self.base.replacingOccurrences(of: "first + helper", with: "1_000 + first + helper")
      _ = try await Self.run(try FixtureLessons.parse(edited), memos: memos)
      let other = try #require(Self.keys(in: memos).subtracting([key]).first)
      bytes = try Data(contentsOf: memos.appending(path: "fixture/\(other)/value"))
    }
    #expect(bytes != whole)
    try bytes.write(to: file)
    #expect(try await Self.run(lesson, memos: memos) == computed)
    #expect(try Data(contentsOf: file) == whole)
  }

  /// Stopped in the middle, a training goes on from its checkpoint and ends with the same bits.
  @Test func anInterruptedTrainingGoesOn() async throws {
    let lesson = try FixtureLessons.load("Good/memo-training")
    let (whole, parts) = (try FixtureLessons.temporaryFolder(), try FixtureLessons.temporaryFolder())
    func run(_ memos: URL, stopAt step: Int?) async throws -> String {
      try await Self.run(lesson, memos: memos) {
        $0.environment["WALKTHROUGH_CHECKPOINT_SECONDS"] = "0"
        $0.environment["STOP_AT"] = step.map(String.init)
      }
    }
    let uninterrupted = try await run(whole, stopAt: nil)
    try Golden.expect(uninterrupted, matches: "memo-training.txt")
    #expect(try await run(parts, stopAt: 6).contains("stopped at 6"))
    #expect(try await run(parts, stopAt: 12).contains("stopped at 12"))
    // Anew it would not come past the third step.
    #expect(try await run(parts, stopAt: 3) == uninterrupted)
    // Kept, it takes no step at all, and no checkpoint is left.
    #expect(try await run(parts, stopAt: 0) == uninterrupted)
    let files = try FileManager.default.subpathsOfDirectory(atPath: parts.path)
    #expect(!files.contains { $0.hasSuffix(".part") })
  }
}
