internal import Markup

/// A declaration as coloured code whose types are links.
struct DeclarationText {
  /// Past this many characters parameters stand on lines of their own.
  private static let comfortableWidth = 80

  private struct Piece {
    var fragment: APISymbol.Fragment
    var text: String
  }

  private var pieces: [Piece] = []

  init(_ fragments: [APISymbol.Fragment]) {
    let width = fragments.reduce(0) { $0 + $1.spelling.count }
    let breaks = width > Self.comfortableWidth
    var depth = 0
    var isInParameters = false
    var isDone = false
    var isAfterBreak = false
    for fragment in fragments {
      guard breaks, !isDone, fragment.kind == .text else {
        pieces.append(Piece(fragment: fragment, text: fragment.spelling))
        isAfterBreak = false
        continue
      }
      var text = ""
      var previous: Character = " "
      for character in fragment.spelling {
        defer { previous = character }
        if isAfterBreak, character == " " { continue }
        isAfterBreak = false
        let closes = character == ")" || character == "]" || character == ">" && previous != "-"
        if isInParameters, closes { depth -= 1 }
        if isInParameters, depth == 0, character == ")" {
          text += "\n)"
          (isInParameters, isDone) = (false, true)
        } else {
          text.append(character)
          if character == "(", !isInParameters, !isDone {
            (isInParameters, depth) = (true, 1)
            text += "\n  "
          } else if isInParameters, "([<".contains(character) {
            depth += 1
          } else if isInParameters, depth == 1, character == "," {
            text += "\n  "
            isAfterBreak = true
          }
        }
      }
      pieces.append(Piece(fragment: fragment, text: text))
    }
  }

  /// - Parameter address: where the declaration of a type is, as a link on this page.
  func nodes(address: (String) -> String?) -> [Node] {
    pieces.map { piece in
      let style = Self.styleClass(piece.fragment.kind)
      if let target = piece.fragment.identifier.flatMap(address) {
        return .element("a", [("class", style), ("href", target)], [.text(piece.text)])
      }
      return style == nil ? .text(piece.text) : .element("span", [("class", style)], [.text(piece.text)])
    }
  }

  private static func styleClass(_ kind: APISymbol.Fragment.Kind) -> String? {
    switch kind {
    case .keyword: CodeToken.Kind.keyword.styleClass
    case .attribute: CodeToken.Kind.attribute.styleClass
    case .number: CodeToken.Kind.number.styleClass
    case .string: CodeToken.Kind.string.styleClass
    case .typeIdentifier, .genericParameter: CodeToken.Kind.type.styleClass
    case .identifier, .externalParam: CodeToken.Kind.function.styleClass
    case .internalParam, .text: nil
    }
  }
}
