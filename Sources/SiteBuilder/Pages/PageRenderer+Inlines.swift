internal import FigureRendering
internal import Foundation
internal import Lessons
internal import Markup
internal import SnippetRunner

extension PageRenderer {
  mutating func render(_ inlines: [Inline]) -> [Node] {
    inlines.enumerated().map { index, inline in
      // A footnote's number stands close to its word, however the Markdown was spaced.
      if case .text(let text) = inline, index + 1 < inlines.count, case .footnoteReference = inlines[index + 1] {
        return .text(UnbrokenText.of(String(text.reversed().drop { $0.isWhitespace }.reversed())))
      }
      // Two numbers side by side would be read as one.
      if case .footnoteReference = inline, index > 0, case .footnoteReference = inlines[index - 1] {
        return .fragment([.element("sup", [("class", "footnote-reference")], [","]), render(inline)])
      }
      return render(inline)
    }
  }

  private mutating func render(_ inline: Inline) -> Node {
    switch inline {
    case .text(let text): return .text(UnbrokenText.of(text))
    case .softBreak: return .text("\n")
    case .lineBreak: return .element("br")
    case .code(let code):
      return .element("code", [("data-s", symbols.symbol(named: code).map(String.init))], [.text(code)])
    case .emphasis(let content): return .element("em", [], render(content))
    case .strong(let content): return .element("strong", [], render(content))
    case .strikethrough(let content): return .element("del", [], render(content))
    case .link(let destination, let title, let content):
      attach(destination)
      return .element("a", [("href", destination), ("title", title)], render(content))
    case .image(let source, let title, let alt):
      attach(source)
      return .element("img", [("src", source), ("alt", alt), ("title", title), ("loading", "lazy")])
    case .math(let tex):
      return .element(
        "span", [("class", tex.utf8.count <= Self.shortFormula ? "math short" : "math")],
        [formula(tex, isDisplay: false)])
    case .expression(let index): return value(index)
    case .reference(let label, let number):
      return .element(
        "a", [("class", "reference"), ("href", "#" + label)], [.text(Self.referenceText(label, number))])
    case .footnoteReference(let number, let reference):
      let link = Node.element(
        "a", [("href", "#fn:\(number)"), ("id", Self.footnoteReference(number, reference)), ("role", "doc-noteref")],
        [.text(String(number))])
      return .element("sup", [("class", "footnote-reference")], [link])
    }
  }

  /// Without links, footnotes and images: what may stand inside a link.
  mutating func renderPlainly(_ inlines: [Inline]) -> [Node] {
    inlines.flatMap { inline -> [Node] in
      switch inline {
      case .link(_, _, let content): renderPlainly(content)
      case .emphasis(let content): [.element("em", [], renderPlainly(content))]
      case .strong(let content): [.element("strong", [], renderPlainly(content))]
      case .strikethrough(let content): [.element("del", [], renderPlainly(content))]
      case .reference(let label, let number): [.text(Self.referenceText(label, number))]
      case .footnoteReference, .image: []
      default: [render(inline)]
      }
    }
  }

  /// Notes a file beside the lesson that has to come along: a relative address that is no page of the site.
  private mutating func attach(_ address: String) {
    let path = String(address.prefix { $0 != "#" && $0 != "?" })
    let isAbsolute = address.contains(":") || address.hasPrefix("/")
    guard !path.isEmpty, !isAbsolute, !path.hasSuffix(".html") else { return }
    let plain = path.removingPercentEncoding ?? path
    attachments.insert(plain.hasPrefix("./") ? String(plain.dropFirst(2)) : plain)
  }

  static func referenceText(_ label: String, _ number: Int) -> String {
    // A no-break space keeps the number beside its word.
    (label.hasPrefix("eq-") ? "Equation" : "Figure") + "\u{A0}\(number)"
  }

  private func value(_ index: Int) -> Node {
    let text = run.inlineValues.indices.contains(index) ? run.inlineValues[index] : ""
    let code = lesson.inlineExpressions.indices.contains(index) ? lesson.inlineExpressions[index].code : nil
    let title = code.map { "Computed: \($0)" }
    return .element("span", [("class", "value"), ("title", title)], [.text(UnbrokenText.of(text))])
  }

  /// Formulas up to this many bytes of TeX are not broken at the end of a line.
  private static let shortFormula = 32

  /// A formula; TeX that does not parse, which ``FormulaCheck`` has reported, stays as it is.
  mutating func formula(_ tex: String, isDisplay: Bool) -> Node {
    usesMath = true
    if let marked = symbols.marked(tex), let node = math.render(tex, marked: marked, isDisplay: isDisplay) {
      return node
    }
    do throws(MathRenderer.Mistake) {
      return try math.render(tex, isDisplay: isDisplay)
    } catch {
      return .element("code", [], [.text(tex)])
    }
  }
}
