internal import Lessons
package import SnippetProtocol

/// What running a lesson's code gave, cell by cell.
package struct LessonRun: Equatable, Sendable {
  /// One for each of the lesson's cells, in their order.
  package var cells: [CellRun]
  /// One text for each of the lesson's inline expressions, in their order.
  package var inlineValues: [String]

  package init(cells: [CellRun], inlineValues: [String]) {
    self.cells = cells
    self.inlineValues = inlineValues
  }
}

package struct CellRun: Equatable, Sendable {
  package var outputs: [CellOutput]

  package init(outputs: [CellOutput] = []) { self.outputs = outputs }
}

/// One piece of a cell's output, in the order in which the cell made them.
package enum CellOutput: Equatable, Sendable {
  package enum Stream: UInt8, Sendable { case standardOutput, standardError }

  case text(Stream, String)
  case shown(kind: String, payload: [UInt8])
  case claim(Claim)
  /// What an `error:` cell was expected to say, and said.
  case expectedError(String)
}
