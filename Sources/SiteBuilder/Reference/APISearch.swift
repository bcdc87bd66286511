internal import Lessons

/// What the search finds of the reference.
enum APISearch {
  struct Entry: Equatable {
    var address: String
    var module: String
    var name: String
    var text: String
  }

  static func entries(of pages: APIPages) -> [Entry] {
    pages.pages.flatMap { page -> [Entry] in
      let own = Entry(
        address: page.path, module: page.module, name: page.type?.fullName ?? page.module,
        text: page.type.map { abstract(of: $0) } ?? APIModules.summary(of: page.module) ?? "")
      return [own]
        + page.members.map { member in
          Entry(
            address: pages.address(of: member.identifier) ?? page.path, module: page.module, name: member.fullName,
            text: abstract(of: member))
        }
    }
  }

  private static func abstract(of symbol: APISymbol) -> String { text(DocComment(symbol.documentation).abstract) }

  /// Running text without its markup.
  static func text(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .code(let text), .math(let text): text
      case .softBreak, .lineBreak: " "
      case .emphasis(let content), .strong(let content), .strikethrough(let content), .link(_, _, let content):
        text(content)
      case .image, .expression, .reference, .footnoteReference: ""
      }
    }.joined()
  }
}
