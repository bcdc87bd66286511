package import Lessons

/// A lesson's code as Swift programs, each the text of a `main.swift`.
package struct TangledLesson: Sendable {
  package let lesson: Lesson
  /// Every cell that runs, in one namespace, with the inline expressions between them.
  package let main: String
  /// For each cell that is type-checked only or must fail: the cells that run before it, and it.
  package let separate: [SeparateProgram]
}

/// The program of a cell that cannot live in the lesson's main program.
package struct SeparateProgram: Sendable {
  package enum Purpose: Equatable, Sendable {
    /// `eval: false`: the code must compile.
    case check
    /// `error:`: the code must fail, to compile or at run time, with a message that contains this text.
    case fail(text: String)
  }

  package let cell: Int
  package let purpose: Purpose
  package let text: String
}
