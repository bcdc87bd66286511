/// A coloured piece of a cell's code.
package struct CodeToken: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case keyword, comment, string, number, type, typeParameter, function, property, variable, parameter, enumCase
    case macro, attribute, module, functionOperator

    /// The class that the style sheet colours; nil for what reads best uncoloured.
    package var styleClass: String? {
      switch self {
      case .keyword: "k"
      case .comment: "c"
      case .string: "s"
      case .number: "n"
      case .type, .typeParameter: "t"
      case .function: "f"
      case .property, .enumCase: "p"
      case .macro, .attribute: "a"
      case .variable, .parameter, .module, .functionOperator: nil
      }
    }
  }

  /// In UTF-8 bytes from the start of the cell's code.
  package var offset: Int
  package var length: Int
  package var kind: Kind
  /// Refers to `LessonTokens.hovers`.
  package var hover: Int?

  package init(offset: Int, length: Int, kind: Kind, hover: Int? = nil) {
    self.offset = offset
    self.length = length
    self.kind = kind
    self.hover = hover
  }
}

/// What a name in the code is: its declaration and the beginning of its documentation.
package struct Hover: Hashable, Sendable {
  /// Swift source; more than one where the name means two things at once, such as a type and its initializer.
  package var declarations: [String]
  /// The first paragraph of the documentation, in Markdown; empty when there is none.
  package var documentation: String
  /// The compiler's names of what is declared; empty for what has none.
  package var symbols: [String]

  package init(declarations: [String], documentation: String, symbols: [String] = []) {
    self.declarations = declarations
    self.documentation = documentation
    self.symbols = symbols
  }
}

/// The colours of a lesson's code.
package struct LessonTokens: Hashable, Sendable {
  /// One list for each of the lesson's cells, ordered by offset, without overlaps.
  package var cells: [[CodeToken]]
  /// Each different hover once, in the order of first use.
  package var hovers: [Hover]

  package init(cells: [[CodeToken]], hovers: [Hover] = []) {
    self.cells = cells
    self.hovers = hovers
  }
}
