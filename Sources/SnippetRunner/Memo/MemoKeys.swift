internal import Lessons
internal import SnippetProtocol

/// The keys of the values that a lesson's cells keep by `memo`: for each cell a digest of everything that a value computed
/// in it can depend on.
///
/// That is what surrounds the lesson, and the code up to and including the cell: of the lesson itself and of the same part
/// of an exercise, with the inline expressions, which may call what changes something. Functions and types may be used
/// above the cell that declares them, so later cells that declare any belong to it as well. Where in the file the code
/// stands does not, unless it asks.
struct MemoKeys: Sendable {
  let lesson: Lesson
  let surroundings: [CacheKey.Part]

  /// One for each cell; nil for those that do not run.
  func digests() -> [String?] {
    lesson.cells.map { cell in
      guard cell.options.eval, !cell.options.ignore else { return nil }
      var writer = WireWriter()
      writer.write("memo 1")
      writer.write(surroundings)
      for piece in pieces(before: cell) { writer.write(piece.digest) }
      writer.write(CacheKey.part(of: cell, in: lesson).digest)
      return CacheKey.digest(writer)
    }
  }

  /// In a fixed order; what counts is that no two sets of pieces read alike.
  private func pieces(before cell: Cell) -> [CacheKey.Part] {
    let others = lesson.cells.filter { other in
      guard other.runsInMainProgram, other.index != cell.index, cell.sees(other) else { return false }
      return other.index < cell.index || other.declaresGlobals && CodeScanner.declaresForAll(other)
    }
    let expressions = lesson.inlineExpressions.filter { expression in
      !expression.isDeferred && expression.precedingCells <= cell.index
        && (expression.scope == nil || expression.scope == cell.scope)
    }
    return others.map { CacheKey.part(of: $0, in: lesson) } + expressions.map { CacheKey.part(of: $0, in: lesson) }
  }
}

extension CodeScanner {
  private static let declarations: Set = [
    "func", "struct", "class", "enum", "protocol", "extension", "typealias", "actor", "operator", "precedencegroup",
    "macro",
  ]

  /// Whether a cell declares what the cells above it can use.
  static func declaresForAll(_ cell: Cell) -> Bool {
    words(of: cell).contains { $0.depth == 0 && !$0.isMember && declarations.contains($0.text) }
  }
}
