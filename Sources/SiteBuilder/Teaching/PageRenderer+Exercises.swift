internal import Lessons
internal import Markup

extension PageRenderer {
  /// An exercise: its question, and its hints and solution, each folded. They open without script.
  mutating func exercise(_ exercise: Block.Exercise) -> Node {
    let name = "h\(min(max(exercise.level, 2), 6))"
    let title = exercise.title.isEmpty ? [] : [Node.text(": ")] + render(exercise.title)
    let link = Node.element(
      "a", [("class", "anchor"), ("href", "#" + exercise.anchor), ("aria-label", "Link to this section")])
    let heading = Node.element(
      name, [("id", exercise.anchor)], [.text("Exercise \(exercise.number)")] + title + [link])
    var children = [heading] + exercise.question.map { render($0) }
    for part in exercise.parts { children.append(self.part(part)) }
    return .element("section", [("class", "exercise"), ("aria-labelledby", exercise.anchor)], children)
  }

  private mutating func part(_ part: Block.Exercise.Part) -> Node {
    let name = part.kind.rawValue.prefix(1).uppercased() + part.kind.rawValue.dropFirst()
    return .element(
      "details", [("class", "part \(part.kind.rawValue)")],
      [.element("summary", [], [.text(name)])] + part.content.map { render($0) })
  }

  /// A prediction that is asked of the reader; its answer is folded.
  mutating func prediction(_ question: [Block], _ answer: [Block]) -> Node {
    let title = "Predict first"
    let fold = Node.element(
      "details", [("class", "part answer")],
      [.element("summary", [], [.text("Answer")])] + answer.map { render($0) })
    return .element(
      "div", [("class", "alert predict"), ("role", "note"), ("aria-label", title)],
      [.element("p", [("class", "alert-title"), ("aria-hidden", "true")], [.text(title)])]
        + question.map { render($0) } + [fold])
  }
}
