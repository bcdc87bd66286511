internal import Lessons

/// Refuses `readLine` in a lesson: nobody types while a page is built, and the lesson would go on with the end of its
/// input as if it were an answer.
struct UnansweredInput {
  func errors(for lesson: Lesson) -> [Diagnostic] {
    lesson.cells.filter { !$0.options.ignore && $0.options.error == nil }.flatMap { cell -> [Diagnostic] in
      let words = CodeScanner.words(of: cell)
      // A lesson may have a function of this name of its own.
      guard !zip(words, words.dropFirst()).contains(where: { $0.text == "func" && $1.text == "readLine" }) else {
        return []
      }
      return words.filter { $0.text == "readLine" && !$0.isMember }.map { word in
        Diagnostic(
          stage: .compile, identifier: "reads-input",
          summary: "nobody types while a lesson runs, so readLine finds nothing",
          location: LessonPlaces(lesson: lesson).location(line: word.position.line, column: word.position.column),
          remedy: "Write the value into the cell, where a reader can change it and run it again.")
      }
    }
  }
}
