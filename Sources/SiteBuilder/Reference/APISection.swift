internal import Markup

/// The parts of a page of the reference, in the order in which a reader needs them.
struct APISection {
  var title: String
  var kinds: Set<APISymbol.Kind>

  static let all = [
    APISection(title: "Cases", kinds: [.enumerationCase]),
    APISection(title: "Initializers", kinds: [.initializer]),
    APISection(title: "Static members", kinds: [.typeMethod, .typeProperty]),
    APISection(title: "Properties", kinds: [.property]),
    APISection(title: "Methods", kinds: [.method]),
    APISection(title: "Subscripts", kinds: [.subscripting]),
    APISection(title: "Functions", kinds: [.function]),
    APISection(title: "Operators", kinds: [.operation]),
    APISection(title: "Type aliases", kinds: [.typeAlias, .associatedType]),
  ]

  /// The headings of a page's content, with those of its members.
  static func outline(_ content: [Node]) -> [TableOfContents.Heading] {
    content.flatMap { node -> [TableOfContents.Heading] in
      guard case .element(let element) = node else { return [] }
      if element.name == "section" { return outline(element.children) }
      guard element.name == "h2" || element.name == "h3", let anchor = element["id"] else { return [] }
      // The sign of the anchor is no part of the heading.
      let text = element.children.filter { if case .element(let child) = $0 { child.name != "a" } else { true } }
      return [TableOfContents.Heading(level: element.name == "h2" ? 2 : 3, anchor: anchor, content: text)]
    }
  }
}

extension APISymbol.Kind {
  func word(in module: String) -> String {
    switch self {
    case .structure: "Structure of \(module)"
    case .class: "Class of \(module)"
    case .enumeration: "Enumeration of \(module)"
    case .protocol: "Protocol of \(module)"
    case .extended: "What \(module) adds to"
    default: module
    }
  }
}
