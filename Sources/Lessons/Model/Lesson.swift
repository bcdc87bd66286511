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

  package init(
    source: SourceFile, slug: String, frontMatter: FrontMatter, blocks: [Block], cells: [Cell],
    inlineExpressions: [InlineExpression]
  ) {
    self.source = source
    self.slug = slug
    self.frontMatter = frontMatter
    self.blocks = blocks
    self.cells = cells
    self.inlineExpressions = inlineExpressions
  }
}

package struct FrontMatter: Hashable, Sendable {
  package var title: String
  package var summary: String
  package var order: Int
  /// Files that the lesson reads; their content is part of the cache key.
  package var data: [String]

  package init(title: String, summary: String, order: Int, data: [String] = []) {
    self.title = title
    self.summary = summary
    self.order = order
    self.data = data
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
  /// How many bytes of indentation cmark removed from each line (a cell inside a list item).
  package let indentation: Int

  package init(
    index: Int, options: CellOptions, code: String, codeStart: SourcePosition, range: SourceRange, indentation: Int
  ) {
    self.index = index
    self.options = options
    self.code = code
    self.codeStart = codeStart
    self.range = range
    self.indentation = indentation
  }

  /// The name it is called by on the command line: its label, or `cell-N`, counted from 1.
  package var name: String { options.label ?? "cell-\(index + 1)" }
}

package struct CellOptions: Hashable, Sendable {
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

  package init(index: Int, code: String, range: SourceRange, precedingCells: Int) {
    self.index = index
    self.code = code
    self.range = range
    self.precedingCells = precedingCells
  }
}
