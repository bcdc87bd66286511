/// Writes trees as text: compact HTML5, or SVG that is well-formed XML. The only place where markup is written.
package enum Serializer {
  /// HTML5. An `<svg>` or `<math>` inside is written by the rules for foreign elements (`<path/>`, escaped `<style>`).
  package static func html(_ node: Node) -> String {
    var writer = MarkupWriter(syntax: .html)
    writer.write(node, in: .html)
    return writer.output
  }

  package static func html(_ nodes: [Node]) -> String { html(.fragment(nodes)) }

  /// An SVG document of its own, in UTF-8: the XML declaration, then the tree, whose root shall be `<svg>`. Namespaces
  /// are declared on the root and on what stands in a `<foreignObject>`. A `trusted` node is copied as it stands and
  /// has to be well-formed XML.
  package static func svg(_ node: Node) -> String {
    guard case .element(let root) = node, root.name == "svg" else { trap("Serializer.svg: the root is not <svg>") }
    var writer = MarkupWriter(syntax: .xml)
    writer.output = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    writer.write(node, in: .none)
    writer.output += "\n"
    return writer.output
  }

  /// An XML document of another kind, such as a feed; its namespaces are attributes of the tree.
  package static func xml(_ root: Element) -> String {
    var writer = MarkupWriter(syntax: .xml)
    writer.output = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    writer.write(.element(root), in: .foreign)
    writer.output += "\n"
    return writer.output
  }
}

/// The serializer's state: what was written so far.
struct MarkupWriter {
  enum Syntax { case html, xml }
  /// What an element's name belongs to; `none` stands above the root.
  enum Namespace { case none, html, svg, math, foreign }

  let syntax: Syntax
  var output = ""

  init(syntax: Syntax) { self.syntax = syntax }

  private static let voidElements: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
  ]

  mutating func write(_ node: Node, in namespace: Namespace) {
    switch node {
    case .element(let element): write(element, in: namespace)
    case .text(let text): Escaping.append(text, in: .text, to: &output)
    case .fragment(let nodes): for node in nodes { write(node, in: namespace) }
    case .doctype: if syntax == .html { output += "<!doctype html>" }
    case .trusted(let markup): output += markup
    }
  }

  private mutating func write(_ element: Element, in parent: Namespace) {
    let namespace = Self.namespace(of: element.name, in: parent)
    writeStartTag(element, in: namespace, declaring: namespace != parent)
    let isVoid = namespace == .html && Self.voidElements.contains(element.name)
    if isVoid || (element.children.isEmpty && (syntax == .xml || namespace != .html)) {
      guard element.children.isEmpty else { trap("Serializer: <\(element.name)> cannot have content") }
      output += syntax == .html && isVoid ? ">" : "/>"
      return
    }
    output += ">"
    if syntax == .html, namespace == .html {
      writeHTMLContent(of: element)
    } else {
      // Inside these, SVG holds HTML again.
      let inner: Namespace = namespace == .svg && element.name == "foreignObject" ? .html : namespace
      // In XML the children of a foreignObject have to declare the namespace that HTML's parser infers.
      for child in element.children {
        write(child, in: syntax == .xml && inner != namespace ? .none : inner)
      }
    }
    output += "</\(element.name)>"
  }

  private mutating func writeStartTag(_ element: Element, in namespace: Namespace, declaring: Bool) {
    output += "<\(element.name)"
    if syntax == .xml, declaring, element["xmlns"] == nil, let uri = Self.uri(of: namespace) {
      output += " xmlns=\"\(uri)\""
    }
    for attribute in element.attributes {
      output += " \(attribute.name)"
      if syntax == .html, attribute.value.isEmpty { continue }
      output += "=\""
      Escaping.append(attribute.value, in: .attribute, to: &output)
      output += "\""
    }
  }

  private mutating func writeHTMLContent(of element: Element) {
    if RawText.elements.contains(element.name) {
      output += RawText.defused(rawText(of: element.children, in: element.name), in: element.name)
      return
    }
    // HTML's parser drops a line feed right after these start tags, so one is given to it.
    if ["pre", "textarea"].contains(element.name), Self.leadingText(element.children)?.first?.isNewline == true {
      output += "\n"
    }
    for child in element.children { write(child, in: .html) }
  }

  /// Text inside a script or style sheet; `trusted` is no exception to the defusing there.
  private func rawText(of nodes: [Node], in name: String) -> String {
    nodes.map { node in
      switch node {
      case .text(let text), .trusted(let text): text
      case .fragment(let nodes): rawText(of: nodes, in: name)
      case .element, .doctype: trap("Serializer: <\(name)> can only hold text")
      }
    }.joined()
  }

  private static func leadingText(_ nodes: [Node]) -> String? {
    for node in nodes {
      switch node {
      case .text(""), .trusted(""): continue
      case .text(let text), .trusted(let text): return text
      case .fragment(let inner): if let text = leadingText(inner) { return text }
      case .element, .doctype: return nil
      }
    }
    return nil
  }

  private static func namespace(of name: String, in parent: Namespace) -> Namespace {
    switch (parent, name) {
    case (.html, "svg"), (.none, "svg"): .svg
    case (.html, "math"), (.none, "math"): .math
    case (.none, _): .html
    default: parent
    }
  }

  private static func uri(of namespace: Namespace) -> String? {
    switch namespace {
    case .none, .foreign: nil
    case .html: "http://www.w3.org/1999/xhtml"
    case .svg: "http://www.w3.org/2000/svg"
    case .math: "http://www.w3.org/1998/Math/MathML"
    }
  }
}
