/// What the Markdown parser saw, as owned values. Positions are cmark's own; `TextMap` and `LessonParser` mend them.
struct MarkdownBlock {
  enum Kind {
    case document([MarkdownBlock])
    case quote([MarkdownBlock])
    case list(start: Int?, isTight: Bool, items: [MarkdownBlock])
    case item(task: Bool?, content: [MarkdownBlock])
    case code(MarkdownCode)
    /// From the opening `$$` to the end of the closing line, as written.
    case displayMath(literal: String)
    case html(literal: String)
    case paragraph(MarkdownText)
    /// `isUnderlined` for a heading above a line of `=` or `-`.
    case heading(level: Int, isUnderlined: Bool, MarkdownText)
    case thematicBreak
    /// The first row is the header.
    case table(alignments: [Block.Table.Alignment], rows: [[MarkdownText]])
    case footnoteDefinition([MarkdownBlock])
    /// Stands for content nested more deeply than `MarkdownParser.deepestNesting`.
    case tooDeep
  }

  var kind: Kind
  var place: MarkdownPlace
}

struct MarkdownCode {
  var info: String
  var literal: String
  var isFenced: Bool
  var fenceLength: Int
  var fenceCharacter: UInt8
}

/// Lines and columns as cmark gives them; zero where it gives none.
struct MarkdownPlace {
  var startLine: Int
  var startColumn: Int
  var endLine: Int
  var endColumn: Int
}

/// The running text of one paragraph, heading or table cell.
struct MarkdownText {
  /// The text that the inline parser read: container prefixes, indentation and the like are gone, lines are ended
  /// by newlines, and a table's `\|` is `|`.
  var content: [UInt8]
  var inlines: [MarkdownInline]
  var place: MarkdownPlace
  /// The column that cmark gives to the first byte of `content`.
  var contentColumn: Int
  /// How many bytes at the front of `content` were read as something else (an alert's marker).
  var hiddenPrefix = 0
}

struct MarkdownInline {
  indirect enum Kind {
    case text(String)
    case softBreak
    case lineBreak
    case code(String)
    case html(String)
    case emphasis([MarkdownInline])
    case strong([MarkdownInline])
    case strikethrough([MarkdownInline])
    case link(url: String, title: String, content: [MarkdownInline])
    case image(url: String, title: String, content: [MarkdownInline])
    /// `$…$` or `@label` as written, and where it starts in the text's `content`.
    case lifted(String, offset: Int)
    case footnoteReference(number: Int)
    case tooDeep
  }

  var kind: Kind
  var place: MarkdownPlace
}
