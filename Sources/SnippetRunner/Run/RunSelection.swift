internal import Lessons

/// Which of a lesson's cells a run shows.
package enum RunSelection: Equatable, Sendable {
  case all
  /// The cells before the named one run with their output hidden, then that cell.
  case cell(String)
  /// All cells up to and including the named one.
  case through(String)
  /// The cells before an exercise (counted from 1) with their output hidden, then those of its parts.
  case exercise(Int)

  package var name: String? {
    switch self {
    case .all, .exercise: nil
    case .cell(let name), .through(let name): name
    }
  }

  var isOneCell: Bool { if case .cell = self { true } else { false } }

  /// The cells that are shown, and the last one that runs.
  func resolve(in lesson: Lesson) throws(LessonFailure) -> CellSpan {
    if case .exercise(let number) = self { return try span(ofExercise: number, in: lesson) }
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

  private func span(ofExercise number: Int, in lesson: Lesson) throws(LessonFailure) -> CellSpan {
    guard let exercise = lesson.exercises.first(where: { $0.number == number }) else {
      let count = lesson.exercises.count
      throw LessonFailure([
        Diagnostic(
          stage: .writing, identifier: "unknown-exercise", summary: "\(lesson.source.path) has no exercise \(number)",
          remedy: count == 0 ? "The lesson has no exercises." : "Its exercises are numbered from 1 to \(count).")
      ])
    }
    let cells = lesson.cells.filter { $0.scope?.exercise == number && $0.options.eval && !$0.options.ignore }
    guard let first = cells.first, let last = cells.last else {
      throw LessonFailure([
        Diagnostic(
          stage: .writing, identifier: "exercise-does-not-run",
          summary: "no code of exercise \(number) is meant to run", location: lesson.source.location(exercise.range),
          remedy: "Choose another exercise; 'walkthrough list' shows them.")
      ])
    }
    return CellSpan(shown: first.index..<last.index + 1, last: last.index)
  }

  /// The parts of exercises that have to run; nil: all.
  func scopes(in lesson: Lesson) -> [Int]? {
    switch self {
    case .all, .through: nil
    case .cell(let name): lesson.cells.filter { $0.name == name }.compactMap { $0.scope?.index }
    case .exercise(let number):
      Set(lesson.cells.compactMap(\.scope).filter { $0.exercise == number }.map(\.index)).sorted()
    }
  }
}

struct CellSpan: Sendable {
  var shown: Range<Int>
  /// Nil: the lesson runs to its end.
  var last: Int?
}
