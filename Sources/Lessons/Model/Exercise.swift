/// A part of an exercise whose code is on its own: it sees what the lesson has declared above it, but neither its names
/// nor its changes reach the lesson or another exercise.
package struct CodeScope: Hashable, Sendable {
  package enum Part: String, Sendable { case question, hint, solution }

  /// Counted from 0 over the parts of all exercises of the lesson.
  package let index: Int
  /// The exercise, counted from 1.
  package let exercise: Int
  package let part: Part

  package init(index: Int, exercise: Int, part: Part) {
    self.index = index
    self.exercise = exercise
    self.part = part
  }
}

/// What is known of an exercise without its text.
package struct ExerciseOutline: Hashable, Sendable {
  /// Counted from 1.
  package let number: Int
  /// Without the word `Exercise`; empty where the heading says no more.
  package let title: String
  package let anchor: String
  /// The heading.
  package let range: SourceRange

  package init(number: Int, title: String, anchor: String, range: SourceRange) {
    self.number = number
    self.title = title
    self.anchor = anchor
    self.range = range
  }
}

extension Block {
  /// An exercise with its folded parts.
  package struct Exercise: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
      /// A hint or the solution.
      package var kind: CodeScope.Part
      package var content: [Block]

      package init(kind: CodeScope.Part, content: [Block]) {
        self.kind = kind
        self.content = content
      }
    }

    package var number: Int
    /// The level of its heading.
    package var level: Int
    package var anchor: String
    /// What stands behind `Exercise:` in the heading.
    package var title: [Inline]
    package var question: [Block]
    /// In the order of the document.
    package var parts: [Part]

    package init(number: Int, level: Int, anchor: String, title: [Inline], question: [Block], parts: [Part]) {
      self.number = number
      self.level = level
      self.anchor = anchor
      self.title = title
      self.question = question
      self.parts = parts
    }
  }
}

/// The section at a lesson's end that says what has been proven.
package enum Recap {
  /// A section of this heading ends with the lesson's claims; a lesson without it gets one.
  package static let heading = "What you should now be able to say"
}
