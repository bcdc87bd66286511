internal import Lessons

/// What is said of a cell that should fail and does not, or fails with another message.
struct ErrorCellReport: Sendable {
  let lesson: Lesson

  func passed(cell: Int, expected: String) -> Diagnostic {
    Diagnostic(
      stage: .run, identifier: "error-cell-passed",
      summary: "the cell should fail with “\(expected)”, but it ran to its end",
      location: LessonPlaces(lesson: lesson).start(ofCell: cell),
      remedy: "Remove the `error` option, or make the cell fail.")
  }

  func otherText(cell: Int, expected: String, found: String) -> Diagnostic {
    Diagnostic(
      stage: .run, identifier: "error-text-differs",
      summary: "the cell should fail with “\(expected)”, but failed otherwise",
      location: LessonPlaces(lesson: lesson).start(ofCell: cell),
      notes: [Diagnostic.Note(message: "it said: \(found)")],
      remedy: "Correct the text of the `error` option, or the cell.")
  }
}
