/// Running text without its markup, for anchors and alternative texts.
enum InlineText {
  static func plain(_ inlines: [MarkdownInline]) -> String {
    inlines.map(plain).joined()
  }

  private static func plain(_ inline: MarkdownInline) -> String {
    switch inline.kind {
    case .text(let text), .code(let text): text
    case .lifted(let text, _): text.hasPrefix("$") ? String(text.dropFirst().dropLast()) : text
    case .softBreak, .lineBreak: " "
    case .emphasis(let content), .strong(let content), .strikethrough(let content), .link(_, _, let content),
      .image(_, _, let content):
      plain(content)
    case .html, .footnoteReference, .tooDeep: ""
    }
  }
}
