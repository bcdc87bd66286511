/// One lesson, parsed: its metadata, its text as a tree, and its code.
package struct Lesson: Sendable {
  package let source: SourceFile
  /// The file name without `.md`, such as `02-autoencoder`; the page is `<slug>.html`.
  package let slug: String
  package let frontMatter: FrontMatter
  /// The document without the front matter. The level-1 heading comes first in it.
  package let blocks: [Block]
  /// The Swift cells in the order of the document; `Block.cell` and the run's results refer to them by index.
  package let cells: [Cell]
  /// The inline `{swift}` expressions in the order of the document.
  package let inlineExpressions: [InlineExpression]
  /// All formulas in the order of the document, so that TeX that does not parse can be reported at its place.
  package let formulas: [Formula]
  /// What `@fig-…` and `@eq-…` refer to, by label. On the page a label is also the anchor of what it names.
  package let labels: [String: LabelTarget]
  /// In the order of the document.
  package let exercises: [ExerciseOutline]

  package init(
    source: SourceFile, slug: String, frontMatter: FrontMatter, blocks: [Block], cells: [Cell],
    inlineExpressions: [InlineExpression], formulas: [Formula] = [], labels: [String: LabelTarget] = [:],
    exercises: [ExerciseOutline] = []
  ) {
    self.source = source
    self.slug = slug
    self.frontMatter = frontMatter
    self.blocks = blocks
    self.cells = cells
    self.inlineExpressions = inlineExpressions
    self.formulas = formulas
    self.labels = labels
    self.exercises = exercises
  }
}

/// The TeX between dollars.
package struct Formula: Hashable, Sendable {
  package let tex: String
  package let isDisplay: Bool
  /// The place of the TeX, without the dollars.
  package let range: SourceRange

  package init(tex: String, isDisplay: Bool, range: SourceRange) {
    self.tex = tex
    self.isDisplay = isDisplay
    self.range = range
  }
}

/// A figure or an equation that can be referred to.
package struct LabelTarget: Hashable, Sendable {
  package enum Kind: String, Sendable { case figure, equation }

  package let kind: Kind
  /// Counted from 1 in the order of the document, figures and equations apart.
  package let number: Int
  /// Where the label is given.
  package let range: SourceRange

  package init(kind: Kind, number: Int, range: SourceRange) {
    self.kind = kind
    self.number = number
    self.range = range
  }
}

package struct FrontMatter: Hashable, Sendable {
  package var title: String
  package var summary: String
  package var order: Int
  /// The name of the part of the course that the lesson belongs to; the first page lists lessons by it.
  package var part: String?
  /// The label of a figure that the first page shows.
  package var poster: String?
  /// Where it is named.
  package var posterRange: SourceRange?
  /// Files that the lesson reads; their content is part of the cache key.
  package var data: [String]
  /// Where each of them is declared.
  package var dataRanges: [SourceRange]
  /// In the order in which they are defined.
  package var symbols: [LessonSymbol]

  package init(
    title: String, summary: String, order: Int, part: String? = nil, poster: String? = nil,
    posterRange: SourceRange? = nil, data: [String] = [], dataRanges: [SourceRange] = [], symbols: [LessonSymbol] = []
  ) {
    self.part = part
    self.poster = poster
    self.posterRange = posterRange
    self.symbols = symbols
    self.title = title
    self.summary = summary
    self.order = order
    self.data = data
    self.dataRanges = dataRanges
  }
}

/// A fenced `swift` block.
package struct Cell: Hashable, Sendable {
  package let index: Int
  package let options: CellOptions
  /// The code below the `//|` lines, exactly as written, each line ended by a newline.
  package let code: String
  /// Where `code` starts in the Markdown; its column is that of the code's first character.
  package let codeStart: SourcePosition
  /// The whole fence.
  package let range: SourceRange
  /// How many bytes stand before the first line of the code (a cell inside a list item or a quote).
  package let indentation: Int
  /// The column of the first byte of each line of `code`. In a list or a quote the lines may differ in what stands
  /// before them, so a column in the code becomes one in the file by the entry of its own line.
  package let codeColumns: [Int]
  /// The part of an exercise that the cell belongs to; nil for the cells of the lesson itself.
  package let scope: CodeScope?

  package init(
    index: Int, options: CellOptions, code: String, codeStart: SourcePosition, range: SourceRange, indentation: Int,
    codeColumns: [Int]? = nil, scope: CodeScope? = nil
  ) {
    self.scope = scope
    self.index = index
    self.options = options
    self.code = code
    self.codeStart = codeStart
    self.range = range
    self.indentation = indentation
    self.codeColumns =
      codeColumns
      ?? Array(repeating: codeStart.column, count: code.utf8.count { $0 == UInt8(ascii: "\n") })
  }

  /// The place in the file of a place in `code`, both counted from 1.
  package func position(ofCodeLine line: Int, column: Int) -> SourcePosition {
    let before = codeColumns.isEmpty ? codeStart.column : codeColumns[min(max(line, 1), codeColumns.count) - 1]
    return SourcePosition(line: codeStart.line + line - 1, column: before + column - 1)
  }

  /// The name it is called by on the command line: its label, or `cell-N`, counted from 1.
  package var name: String { options.label ?? "cell-\(index + 1)" }
}

package struct CellOptions: Hashable, Sendable {
  /// Lower-case letters, digits and hyphens; a figure's label starts with `fig-`.
  package var label: String?
  package var caption: String?
  package var alt: String?
  /// Show the code.
  package var echo = true
  /// Show what the cell prints and shows.
  package var output = true
  /// Show the code folded.
  package var fold = false
  /// Run the code; without it the cell is type-checked only.
  package var eval = true
  /// Neither compile nor run.
  package var ignore = false
  /// The cell must fail, to compile or at run time, with a message that contains this text.
  package var error: String?
  /// Seconds the cell may run.
  package var timeout: Double?

  package init() {}
}

/// `` `{swift} expression` `` in running text.
package struct InlineExpression: Hashable, Sendable {
  package let index: Int
  package let code: String
  /// Where `code` starts in the Markdown.
  package let range: SourceRange
  /// How many cells stand before it; the expression is evaluated after them.
  package let precedingCells: Int
  /// Whether it is evaluated at the lesson's end instead: in the answer to a prediction, which tells of what is still to
  /// come.
  package let isDeferred: Bool
  /// The part of an exercise in whose text it stands.
  package let scope: CodeScope?

  package init(
    index: Int, code: String, range: SourceRange, precedingCells: Int, isDeferred: Bool = false, scope: CodeScope? = nil
  ) {
    self.isDeferred = isDeferred
    self.scope = scope
    self.index = index
    self.code = code
    self.range = range
    self.precedingCells = precedingCells
  }
}
