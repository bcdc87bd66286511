internal import Lessons
internal import SnippetProtocol
internal import SnippetRunner
internal import Synchronization
internal import Testing

@Suite(.serialized)
struct RunTests {
  @Test func aTourOfEverything() async throws {
    let lesson = try FixtureLessons.load("Good/tour")
    let runner = try await FixtureLessons.runner()
    try Golden.expect(await Transcript.run(lesson, with: runner), matches: "tour.txt")
  }

  @Test(arguments: [RunSelection.cell("second"), .through("second"), .cell("failing"), .through("failing")])
  func selectionsHideAndStop(selection: RunSelection) async throws {
    let lesson = try FixtureLessons.load("Good/tour")
    let runner = try await FixtureLessons.runner()
    let name = "\(selection)".filter { $0.isLetter || $0 == "." }
    try Golden.expect(await Transcript.run(lesson, with: runner, selection: selection), matches: "tour-\(name).txt")
  }

  @Test(arguments: ["banana", "0", "-1", "2.5"])
  func aThreadCountThatIsNoneIsTold(text: String) async throws {
    let lesson = try FixtureLessons.lesson(cells: ["print(1)"])
    let runner = try await FixtureLessons.runner { $0.environment["WALKTHROUGH_THREADS"] = text }
    let told = await Transcript.run(lesson, with: runner)
    #expect(told.contains("WALKTHROUGH_THREADS is '\(text)', which is no number of threads"))
  }

  @Test func rootsRoundingAndStridesOfFloatingPointLink() async throws {
    let cell = """
      let half = 0.5 * Double(CommandLine.arguments.count)
      print((8 * half).squareRoot(), (5 * half).rounded(), (5 * half).rounded(.down), (3 * half).rounded(.toNearestOrEven))
      print((5 * half).truncatingRemainder(dividingBy: 2), half.addingProduct(half, half), Float(4 * half).squareRoot())
      print(Array(stride(from: 0.0, through: 1, by: half)))
      """
    let told = await Transcript.run(try FixtureLessons.lesson(cells: [cell]), with: try await FixtureLessons.runner())
    #expect(told.contains("2.0 3.0 2.0 2.0"))
    #expect(told.contains("0.5 0.75 1.4142135"))
    #expect(told.contains("[0.0, 0.5, 1.0]"))
  }
}
