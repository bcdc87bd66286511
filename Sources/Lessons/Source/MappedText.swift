/// A text cut out of a lesson, such as the code of a cell in a list or the YAML behind `//|`, that knows where each of
/// its bytes stands in the file.
struct MappedText {
  /// From `offset` up to the next anchor, bytes stand side by side from `position` on.
  private struct Anchor {
    var offset: Int
    var position: SourcePosition
  }

  private(set) var bytes: [UInt8]
  private var anchors: [Anchor]

  /// Lines, each with the place of its first byte; they are joined by newlines.
  init(lines: [(text: some StringProtocol, start: SourcePosition)]) {
    bytes = []
    anchors = []
    for (index, line) in lines.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: "\n")) }
      anchors.append(Anchor(offset: bytes.count, position: line.start))
      bytes += line.text.utf8
    }
  }

  /// One line's text whose bytes stand side by side but for the offsets in `gaps`, each of which has one more byte of
  /// the file before it.
  init(bytes: [UInt8], start: SourcePosition, gaps: [Int]) {
    self.bytes = bytes
    anchors = [Anchor(offset: 0, position: start)]
    for (count, gap) in gaps.enumerated() {
      anchors.append(
        Anchor(offset: gap, position: SourcePosition(line: start.line, column: start.column + gap + count + 1)))
    }
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Where each line starts in `bytes`.
  var lineStarts: [Int] {
    [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
  }

  /// The place of the byte at `offset`; an offset past the end counts on in the last line.
  func position(at offset: Int) -> SourcePosition {
    var (low, high) = (0, anchors.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if anchors[middle].offset <= offset { low = middle } else { high = middle }
    }
    guard low < anchors.count else { return SourcePosition(line: 1, column: 1) }
    let anchor = anchors[low]
    return SourcePosition(line: anchor.position.line, column: anchor.position.column + max(0, offset - anchor.offset))
  }

  /// The place of `offsets`. Its end lies behind the last byte, on that byte's line.
  func range(_ offsets: Range<Int>) -> SourceRange {
    let start = position(at: offsets.lowerBound)
    guard !offsets.isEmpty else { return SourceRange(start: start, end: start) }
    var end = position(at: offsets.upperBound - 1)
    end.column += 1
    return SourceRange(start: start, end: end)
  }
}
