internal import Foundation
internal import Lessons
internal import SnippetProtocol
internal import SnippetRunner
internal import Testing

/// Exercises see the lesson, and the lesson sees nothing of them.
@Suite(.serialized)
struct ExerciseTests {
  @Test func nothingOfAnExerciseReachesTheLesson() async throws {
    let lesson = try FixtureLessons.load("Good/exercises")
    let runner = try await FixtureLessons.runner()
    try Golden.expect(await Transcript.run(lesson, with: runner), matches: "exercises.txt")
  }

  @Test func programsAreExact() throws {
    let lesson = try FixtureLessons.load("Good/exercises")
    try Golden.expect(Tangler().tangle(lesson).main, matches: "exercises-tangled.txt")
  }

  @Test(arguments: [RunSelection.exercise(1), .exercise(2), .cell("door"), .cell("after"), .through("solution")])
  func selectionsRunWhatIsNeeded(selection: RunSelection) async throws {
    let lesson = try FixtureLessons.load("Good/exercises")
    let runner = try await FixtureLessons.runner()
    let name = "\(selection)".filter { $0.isLetter || $0.isNumber }
    try Golden.expect(
      await Transcript.run(lesson, with: runner, selection: selection), matches: "exercises-\(name).txt")
  }

  /// The lesson's own numbers are the same bytes with and without its exercises.
  @Test func theLessonsNumbersDoNotDependOnItsExercises() async throws {
    let lesson = try FixtureLessons.load("Good/exercises")
    let runner = try await FixtureLessons.runner()
    let prepared = try await runner.prepare(lesson)
    let all = try await runner.run(prepared).run
    let one = try await runner.run(prepared, selection: .cell("after")).run
    let after = try #require(lesson.cells.last)
    #expect(all.cells[after.index] == one.cells[after.index])
    #expect(all.inlineValues.first == "5")
  }

  @Test func anUnknownExerciseIsTold() async throws {
    let lesson = try FixtureLessons.load("Good/exercises")
    let runner = try await FixtureLessons.runner()
    let text = await Transcript.run(lesson, with: runner, selection: .exercise(3))
    #expect(text.contains("has no exercise 3"))
    #expect(text.contains("numbered from 1 to 2"))
  }

  /// What stands in an exercise is part of the key, and so is whose code it is.
  @Test func movingCodeIntoAnExerciseChangesTheKey() async throws {
    func lesson(_ heading: String) throws -> Lesson {
      try FixtureLessons.parse(
        "---\ntitle: F\nsummary: F.\norder: 1\n---\n\n# F\n\n## \(heading)\n\n### \(heading == "Exercise" ? "Solution" : "Other")"
          + "\n\n```swift\nprint(1)\n```\n")
    }
    let folder = try FixtureLessons.temporaryFolder()
    let runner = try await FixtureLessons.runner { $0.cacheFolder = folder.path }
    let inside = try lesson("Exercise")
    let outcome = try await runner.run(try await runner.prepare(inside))
    #expect(outcome.succeeded)
    guard case .hit = await runner.cached(inside) else {
      Issue.record("the run is not kept")
      return
    }
    guard case .miss = await runner.cached(try lesson("Section")) else {
      Issue.record("code of the lesson was taken for code of an exercise")
      return
    }
  }
}
