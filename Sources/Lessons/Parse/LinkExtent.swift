/// Finds where a link or an image ends that cmark found to start at a bracket; cmark's own end is off behind anything
/// that spans lines.
struct LinkExtent {
  private let bytes: UnsafeBufferPointer<UInt8>

  /// The offset behind the link whose `[` is at `start`, or nil where no end is found.
  static func end(in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { LinkExtent(bytes: $0).end(from: start) }
  }

  private func end(from start: Int) -> Int? {
    guard let close = closingBracket(from: start) else { return nil }
    let next = close + 1
    guard next < bytes.count else { return next }
    switch bytes[next] {
    case UInt8(ascii: "("): return closingParenthesis(from: next).map { $0 + 1 } ?? next
    case UInt8(ascii: "["): return closingBracket(from: next).map { $0 + 1 } ?? next
    default: return next
    }
  }

  /// The `]` that belongs to the `[` at `start`.
  private func closingBracket(from start: Int) -> Int? {
    var depth = 0
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return index }
      default:
        index = skipped(from: index)
        continue
      }
      index += 1
    }
    return nil
  }

  /// Behind what starts at `index` and holds no bracket that counts: an escape, code, a formula, or one byte.
  private func skipped(from index: Int) -> Int {
    switch bytes[index] {
    case UInt8(ascii: "\\"): return index + 2
    case UInt8(ascii: "`"):
      let ticks = run(of: UInt8(ascii: "`"), from: index)
      var end = index + ticks
      while end < bytes.count {
        let closing = run(of: UInt8(ascii: "`"), from: end)
        if closing == ticks { return end + closing }
        end += max(1, closing)
      }
      return index + ticks
    case UInt8(ascii: "$"): return LiftedSyntax.end(in: bytes, from: index) ?? index + 1
    default: return index + 1
    }
  }

  private func closingParenthesis(from start: Int) -> Int? {
    var depth = 0
    var quote: UInt8?
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\") {
        index += 2
        continue
      }
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "<") {
        quote = UInt8(ascii: ">")
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "(") {
        depth += 1
      } else if byte == UInt8(ascii: ")") {
        depth -= 1
        if depth == 0 { return index }
      }
      index += 1
    }
    return nil
  }

  private func run(of byte: UInt8, from start: Int) -> Int {
    bytes[start...].prefix { $0 == byte }.count
  }
}
