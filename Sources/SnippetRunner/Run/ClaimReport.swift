internal import Lessons
internal import SnippetProtocol

/// Says which claims of a lesson its run did not bear out.
struct ClaimReport {
  func diagnostics(for run: LessonRun, of lesson: Lesson) -> [Diagnostic] {
    let places = LessonPlaces(lesson: lesson)
    return run.cells.enumerated().flatMap { index, cell in
      cell.outputs.compactMap { output -> Diagnostic? in
        guard case .claim(let claim) = output, !claim.holds else { return nil }
        let location =
          claim.place.file == lesson.source.path
          ? places.call(line: claim.place.line, column: claim.place.column) : places.start(ofCell: index)
        return Diagnostic(
          stage: .claim, identifier: "failed-claim", summary: "the run does not bear out the claim “\(claim.text)”",
          location: location,
          notes: claim.detail.isEmpty ? [] : [Diagnostic.Note(message: "measured \(claim.detail)")],
          remedy: "Correct the claim, or the code that it is about.")
      }
    }
  }
}
