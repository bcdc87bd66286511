import Lessons
import Testing

@Suite struct DocCommentTests {
  @Test func fieldsAreTakenOutOfTheText() {
    let comment = DocComment(
      """
      Trains it.

      - Parameters:
        - rows: the data, `[n, width]`,
          in rows.
        - loss: how *far*.
      - Parameter seed: where chance begins.
      - Returns: the losses.
      - Throws: a ``TrainingError``.
      - one thing: not a field
      """)
    #expect(comment.abstract == [.text("Trains it.")])
    #expect(comment.parameters.map(\.name) == ["rows", "loss", "seed"])
    #expect(
      comment.parameters[0].content.map(\.kind) == [
        .paragraph([.text("the data, "), .code("[n, width]"), .text(","), .softBreak, .text("in rows.")])
      ])
    #expect(comment.returns.map(\.kind) == [.paragraph([.text("the losses.")])])
    #expect(
      comment.failures.map(\.kind) == [
        .paragraph([
          .text("a "), .link(destination: "symbol:TrainingError", title: nil, content: [.code("TrainingError")]),
          .text("."),
        ])
      ])
    #expect(comment.content.count == 2, "what is no field stays a list")
  }

  @Test func onlyDoubleBackticksNameSymbols() {
    let comment = DocComment("`a` and ``a`` and `a`, ``b(_:)``")
    #expect(
      comment.abstract == [
        .code("a"), .text(" and "), .link(destination: "symbol:a", title: nil, content: [.code("a")]),
        .text(" and "), .code("a"), .text(", "),
        .link(destination: "symbol:b(_:)", title: nil, content: [.code("b(_:)")]),
      ])
  }

  @Test func formulasCodeAndAngleBracketsSurvive() {
    let comment = DocComment("The product <x, y> of $x_1$.\n\n    sum_i x_i y_i\n\n$$\na = b\n$$")
    #expect(
      comment.content.map(\.kind) == [
        .paragraph([.text("The product <x, y> of "), .math("x_1"), .text(".")]),
        .code(language: nil, text: "sum_i x_i y_i\n"), .math(tex: "\na = b\n", label: nil),
      ])
  }

  @Test func nothingGivesNothing() {
    #expect(DocComment("").content.isEmpty && DocComment("").abstract.isEmpty)
  }
}
