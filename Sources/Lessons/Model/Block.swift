/// A block of the document, with its place in the Markdown.
package struct Block: Hashable, Sendable {
  package indirect enum Kind: Hashable, Sendable {
    /// `anchor` is unique in the page and made from the heading's text.
    case heading(level: Int, anchor: String, content: [Inline])
    case paragraph([Inline])
    case list(List)
    case quote([Block])
    case alert(kind: AlertKind, content: [Block])
    /// A tip that asks the reader to predict a result; the answer is folded.
    case prediction(question: [Block], answer: [Block])
    case exercise(Exercise)
    case table(Table)
    /// A fenced or indented block that is not a Swift cell.
    case code(language: String?, text: String)
    /// Refers to `Lesson.cells`.
    case cell(index: Int)
    /// `$$…$$`, with its label where `{#eq-…}` follows.
    case math(tex: String, label: String?)
    case thematicBreak
    case footnotes([Footnote])
    /// Where the lesson's proven claims are listed: the end of the section `Recap.heading`.
    case recap
  }

  package enum AlertKind: String, Sendable { case note, tip, important, warning, caution }

  package struct List: Hashable, Sendable {
    package struct Item: Hashable, Sendable {
      /// Nil for an ordinary item; whether it is ticked for a task.
      package var task: Bool?
      package var content: [Block]

      package init(task: Bool? = nil, content: [Block]) {
        self.task = task
        self.content = content
      }
    }

    /// The first number of an ordered list; nil for bullets.
    package var start: Int?
    package var isTight: Bool
    package var items: [Item]

    package init(start: Int?, isTight: Bool, items: [Item]) {
      self.start = start
      self.isTight = isTight
      self.items = items
    }
  }

  package struct Table: Hashable, Sendable {
    package enum Alignment: String, Sendable { case none, left, center, right }

    package var alignments: [Alignment]
    package var header: [[Inline]]
    package var rows: [[[Inline]]]

    package init(alignments: [Alignment], header: [[Inline]], rows: [[[Inline]]]) {
      self.alignments = alignments
      self.header = header
      self.rows = rows
    }
  }

  package struct Footnote: Hashable, Sendable {
    /// 1-based, in the order of first reference.
    package var number: Int
    /// How many references point at it.
    package var references: Int
    package var content: [Block]

    package init(number: Int, references: Int, content: [Block]) {
      self.number = number
      self.references = references
      self.content = content
    }
  }

  package var kind: Kind
  package var range: SourceRange

  package init(_ kind: Kind, range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

/// A piece of running text.
package indirect enum Inline: Hashable, Sendable {
  case text(String)
  case softBreak
  case lineBreak
  case code(String)
  case emphasis([Inline])
  case strong([Inline])
  case strikethrough([Inline])
  /// A link whose destination was checked: another lesson (`03-gan.md#anchor` arrives as `03-gan.html#anchor`), an
  /// anchor of this page, or an absolute URL.
  case link(destination: String, title: String?, content: [Inline])
  case image(source: String, title: String?, alt: String)
  case math(String)
  /// Refers to `Lesson.inlineExpressions`.
  case expression(index: Int)
  /// `@fig-…` or `@eq-…`; `number` is what the page shows ("Figure 3").
  case reference(label: String, number: Int)
  /// `reference` counts the references to the same footnote from 1.
  case footnoteReference(number: Int, reference: Int)
}
