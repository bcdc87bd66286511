internal import Markup

/// Code with its tokens as elements.
enum CodeText {
  /// A trailing newline is dropped, as `<pre>` would show it as an empty line.
  ///
  /// - Parameters:
  ///   - address: where the documentation of a token's name is; nil where there is none.
  ///   - symbol: the number of the lesson's symbol that a name stands for.
  static func nodes(
    _ code: String, _ tokens: [CodeToken], address: (CodeToken) -> String? = { _ in nil },
    symbol: (String) -> Int? = { _ in nil }
  ) -> [Node] {
    let bytes = Array(code.utf8)
    let end = bytes.last == UInt8(ascii: "\n") ? bytes.count - 1 : bytes.count
    var nodes: [Node] = []
    var position = 0
    func name(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    func text(_ range: Range<Int>) -> Node { .text(name(range)) }
    for token in tokens where token.offset >= position && token.offset + token.length <= end {
      guard token.kind.styleClass != nil || token.hover != nil else { continue }
      if token.offset > position { nodes.append(text(position..<token.offset)) }
      position = token.offset + token.length
      let target = address(token)
      nodes.append(
        .element(
          target == nil ? "span" : "a",
          [
            ("class", token.kind.styleClass), ("data-h", token.hover.map(String.init)), ("href", target),
            ("data-s", token.hover == nil ? nil : symbol(name(token.offset..<position)).map(String.init)),
          ],
          [text(token.offset..<position)]))
    }
    if position < end { nodes.append(text(position..<end)) }
    return nodes
  }
}
