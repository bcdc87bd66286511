internal import Lessons
internal import SnippetProtocol
internal import SnippetRunner
internal import Testing

/// Claims about several values at once: whether they hold, and which value stands for the rest.
@Suite(.serialized)
struct ExpectAllTests {
  private struct Case {
    var call: String
    var holds: Bool
    var detail: String

    init(_ call: String, _ holds: Bool, _ detail: String) {
      self.call = call
      self.holds = holds
      self.detail = detail
    }
  }

  private static let cases = [
    // The value nearest to the bound, or farthest beyond it.
    Case("all: [0.1, 0.3, 0.2], below: 0.5", true, "0.3, expected all < 0.5"),
    Case("all: [0.7, 0.9, 0.2], below: 0.5", false, "0.9, expected all < 0.5"),
    Case("all: [3.5, 2.25, 4], above: 1.5", true, "2.25, expected all > 1.5"),
    Case("all: [3.5, -2.25, 4], above: 1.5", false, "-2.25, expected all > 1.5"),
    Case("all: [1, 0.92, 1.05], in: 0.9...1.1", true, "0.92, expected all from 0.9 to 1.1"),
    Case("all: [1, 0.8, 1.3, 1.15], in: 0.9...1.1", false, "1.3, expected all from 0.9 to 1.1"),
    Case("all: [2, 3, 1.5], in: 1...Double.infinity", true, "1.5, expected all from 1 to ∞"),
    Case("all: [2, 3, 0.5], in: -Double.infinity...2.5", false, "3, expected all from -∞ to 2.5"),
    // One value beyond the bound is enough, whichever it is.
    Case("all: [9, 1, 1.0], below: 5", false, "9, expected all < 5"),
    Case("all: [1, 1, 9.0], below: 5", false, "9, expected all < 5"),
    // A bound itself is beyond it, but for an interval's ends.
    Case("all: [0.25, 0.5], below: 0.5", false, "0.5, expected all < 0.5"),
    Case("all: [0.75, 0.5], above: 0.5", false, "0.5, expected all > 0.5"),
    Case("all: [0.5, 0.75, 0.6], in: 0.5...0.75", true, "0.5, expected all from 0.5 to 0.75"),
    // NaN hides behind no other value.
    Case("all: [1, .nan, 9.0], below: 5", false, "NaN, expected all < 5"),
    Case("all: [.nan, 1.0], below: 5", false, "NaN, expected all < 5"),
    Case("all: [6, .nan], above: 5.0", false, "NaN, expected all > 5"),
    Case("all: [1, 2, .nan], in: 0.0...5", false, "NaN, expected all from 0 to 5"),
    // No values prove nothing.
    Case("all: [Double](), below: 5", false, "no values, expected all < 5"),
    Case("all: [Double](), above: 5", false, "no values, expected all > 5"),
    Case("all: [Double](), in: 0...5", false, "no values, expected all from 0 to 5"),
    // As many digits as tell on which side of the bound a value lies, and four.
    Case("all: [0.7233033, 0.9], above: 0.6", true, "0.7233, expected all > 0.6"),
    Case("all: [0.60001234], above: 0.6", true, "0.600012, expected > 0.6"),
    Case("all: [0.5999999999], above: 0.6", false, "0.5999999999, expected > 0.6"),
    Case("all: [1.0 / 3], below: 0.4123456", true, "0.3333, expected < 0.4123"),
    Case("1.00498756, equals: 1.004988, within: 1e-6", true, "1.0049876, expected 1.004988 ± 1e-6"),
    Case("-1.38629436111, equals: -1.386, within: 0.01", true, "-1.386, expected -1.386 ± 0.01"),
    Case("1.2212453e-15, below: 1e-12", true, "1.221e-15 < 1e-12"),
    Case("Float(0.1), below: 0.10001", true, "0.1 < 0.10001"),
    Case("Double.infinity, below: 3", false, "∞ ≥ 3"),
    Case("2.5, in: 2.4999...3", true, "2.5, expected 2.4999 to 3"),
    // A single value needs no "all".
    Case("all: [0.25], below: 0.5", true, "0.25, expected < 0.5"),
    Case("all: [0.25], in: 0.5...1", false, "0.25, expected from 0.5 to 1"),
    // What is infinite, what is no array, and other kinds of numbers.
    Case("all: [-Double.infinity, 1], below: 5", true, "1, expected all < 5"),
    Case("all: [Double.infinity, 1], below: 5", false, "∞, expected all < 5"),
    Case("all: stride(from: 1, to: 2, by: 0.25), below: 2", true, "1.75, expected all < 2"),
    Case("all: [2, 3].lazy.map { Float($0) / 4 }, above: 0.25", true, "0.5, expected all > 0.25"),
  ]

  @Test func theWorstValueSpeaksForAll() async throws {
    let code = Self.cases.enumerated().map { "expect(\($1.call), \"claim \($0)\")" }.joined(separator: "\n")
    let lesson = try FixtureLessons.lesson(cells: [code])
    let runner = try await FixtureLessons.runner()
    let outcome = try await runner.run(try await runner.prepare(lesson))
    let outputs = outcome.run.cells[0].outputs
    try #require(outputs.count == Self.cases.count)
    for (index, (output, expected)) in zip(outputs, Self.cases).enumerated() {
      // The first cell's code begins on line 12.
      let place = Place(file: "lessons/fixture.md", line: 12 + index, column: 7)
      let claim = Claim(text: "claim \(index)", holds: expected.holds, detail: expected.detail, place: place)
      #expect(output == .claim(claim), "\(expected.call)")
    }
    let failed = Self.cases.filter { !$0.holds }.map(\.detail)
    #expect(outcome.diagnostics.map { $0.notes.map(\.message) } == failed.map { ["measured \($0)"] })
    #expect(!outcome.succeeded)
  }
}
