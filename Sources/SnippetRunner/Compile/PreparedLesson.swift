package import Lessons

/// A lesson whose programs are compiled. They are removed when the value goes.
package struct PreparedLesson: Sendable {
  package let tangled: TangledLesson
  package let warnings: [Diagnostic]
  let directory: WorkDirectory
  /// The main program.
  let executable: String
  let errorCells: [ErrorCell]

  package var lesson: Lesson { tangled.lesson }

  /// A cell that must fail.
  struct ErrorCell: Sendable {
    enum State: Sendable {
      /// It did, with the expected message.
      case failedToCompile(message: String)
      /// It compiled, so it must fail when it runs.
      case compiled(executable: String)
    }

    var cell: Int
    var text: String
    var state: State
  }
}
