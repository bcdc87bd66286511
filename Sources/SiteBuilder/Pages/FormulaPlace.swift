internal import Lessons

/// Narrows a block's range to the part of a formula that is wrong.
///
/// Running text carries no positions of its own, only its block does. The TeX is known as it was written, so the first
/// place in the block where it stands behind its dollar signs is where an equal formula is wrong in the same way.
enum FormulaPlace {
  /// - Parameter offset: where in the TeX, in UTF-16 units.
  static func find(
    _ tex: String, isDisplay: Bool, in block: SourceRange, of source: SourceFile, offset: Int?
  ) -> SourceRange {
    let lines = source.lines
    guard lines.indices.contains(block.start.line - 1) else { return block }
    let last = min(block.end.line, lines.count)
    let text = Array(lines[(block.start.line - 1)..<last].joined(separator: "\n").utf8)
    let fence = Array((isDisplay ? "$$" : "$").utf8)
    let trimmed = tex.drop { $0.isWhitespace }
    guard let start = formulaStart(Array(trimmed.utf8), after: fence, in: text) else { return block }
    let skipped = tex.utf16.count - trimmed.utf16.count
    let units = trimmed.utf16
    let index = units.index(units.startIndex, offsetBy: max(0, (offset ?? 0) - skipped), limitedBy: units.endIndex)
    let distance = trimmed.utf8.distance(from: trimmed.startIndex, to: index ?? units.endIndex)
    let from = position(start + distance, in: text, firstLine: block.start.line)
    let to = position(start + trimmed.utf8.count, in: text, firstLine: block.start.line)
    return SourceRange(start: from, end: max(to, from))
  }

  private static func formulaStart(_ tex: [UInt8], after fence: [UInt8], in text: [UInt8]) -> Int? {
    guard !tex.isEmpty, text.count >= tex.count else { return nil }
    return (0...(text.count - tex.count)).first { start in
      guard text[start..<start + tex.count].elementsEqual(tex) else { return false }
      let before = text[..<start].drop { _ in false }.reversed().drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
      return before.starts(with: fence.reversed())
    }
  }

  private static func position(_ offset: Int, in text: [UInt8], firstLine: Int) -> SourcePosition {
    let before = text[..<offset]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return SourcePosition(
      line: firstLine + before.count { $0 == 0x0A }, column: offset - lineStart + 1)
  }
}
