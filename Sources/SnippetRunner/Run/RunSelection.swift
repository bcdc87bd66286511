internal import Lessons

/// Which of a lesson's cells a run shows.
package enum RunSelection: Equatable, Sendable {
  case all
  /// The cells before the named one run with their output hidden, then that cell.
  case cell(String)
  /// All cells up to and including the named one.
  case through(String)

  package var name: String? {
    switch self {
    case .all: nil
    case .cell(let name), .through(let name): name
    }
  }

  /// The cells that are shown, and the last one that runs.
  func resolve(in lesson: Lesson) throws(LessonFailure) -> CellSpan {
    guard let name else { return CellSpan(shown: 0..<lesson.cells.count, last: nil) }
    guard let cell = lesson.cells.first(where: { $0.name == name }) else {
      let names = lesson.cells.map(\.name).joined(separator: ", ")
      throw LessonFailure([
        Diagnostic(
          stage: .writing, identifier: "unknown-cell", summary: "\(lesson.source.path) has no cell '\(name)'",
          remedy: names.isEmpty ? "The lesson has no cells." : "Its cells are: \(names).")
      ])
    }
    guard cell.options.eval, !cell.options.ignore else {
      throw LessonFailure([
        Diagnostic(
          stage: .writing, identifier: "cell-does-not-run", summary: "the cell '\(name)' is not meant to run",
          location: LessonPlaces(lesson: lesson).start(ofCell: cell.index),
          remedy: "Choose another cell, or remove its `eval: false` or `ignore: true`.")
      ])
    }
    let first = if case .cell = self { cell.index } else { 0 }
    return CellSpan(shown: first..<cell.index + 1, last: cell.index)
  }
}

struct CellSpan: Sendable {
  var shown: Range<Int>
  /// Nil: the lesson runs to its end.
  var last: Int?
}
