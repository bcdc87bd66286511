/// A piece of an HTML or SVG document.
///
/// Pages and figures are built from these values and written by ``Serializer`` alone, which escapes whatever is not
/// markup. Nothing else in the project joins strings into markup.
package enum Node: Equatable, Sendable {
  case element(Element)
  /// Characters as the reader shall see them; the serializer escapes them.
  case text(String)
  /// Children without an element around them.
  case fragment([Node])
  /// `<!doctype html>`; left out of SVG.
  case doctype
  /// Markup that is written as it stands. It is only for the output of a program that is itself a serializer (KaTeX);
  /// never for text that came from a lesson's author or from a running lesson.
  case trusted(String)
}

extension Node {
  /// An element. A pair with a nil value is left out, so that an optional attribute needs no branch; an empty value is
  /// written as a bare name in HTML (`<details open>`).
  package static func element(
    _ name: String, _ attributes: [(String, String?)] = [], _ children: [Node] = []
  ) -> Node {
    .element(Element(name, attributes, children))
  }

  /// The characters of all text below this node, in order.
  package var plainText: String {
    switch self {
    case .element(let element): element.children.map(\.plainText).joined()
    case .text(let text): text
    case .fragment(let nodes): nodes.map(\.plainText).joined()
    case .doctype, .trusted: ""
    }
  }
}

extension Node: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self = .text(value) }
}
