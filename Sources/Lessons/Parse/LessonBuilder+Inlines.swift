extension LessonBuilder {
  mutating func inlines(_ content: [MarkdownInline], _ reader: inout InlineReader, inLink: Bool = false) -> [Inline] {
    var result: [Inline] = []
    var isAfterDropped = false
    for piece in content {
      guard let made = inline(piece, &reader, inLink: inLink) else {
        isAfterDropped = true
        continue
      }
      // A comment on a line of its own leaves a break before the first text.
      if made == .softBreak, result.isEmpty, isAfterDropped { continue }
      if case .text(let more) = made, case .text(let text)? = result.last {
        result[result.count - 1] = .text(text + more)
      } else {
        result.append(made)
      }
    }
    return result
  }

  private mutating func inline(_ inline: MarkdownInline, _ reader: inout InlineReader, inLink: Bool) -> Inline? {
    switch inline.kind {
    case .text(let text):
      if !inLink { ProseCheck(mistakes: mistakes).check(text, &reader) }
      return text.isEmpty ? nil : .text(text)
    case .softBreak: return .softBreak
    case .lineBreak: return .lineBreak
    case .code(let text): return code(text, inline.place, &reader)
    case .html(let literal):
      let found = reader.verbatim(literal, near: inline.place)
      reader.advance(to: found.end)
      refuseHTML(literal, at: found.range)
      return nil
    case .emphasis(let content): return .emphasis(inlines(content, &reader, inLink: inLink))
    case .strong(let content): return .strong(inlines(content, &reader, inLink: inLink))
    case .strikethrough(let content): return .strikethrough(inlines(content, &reader, inLink: inLink))
    case .link(let url, let title, let content):
      return link(url, title, content, inline.place, &reader)
    case .image(let url, let title, let content):
      return image(url, title, content, inline.place, &reader)
    case .lifted(let text, let offset):
      return text.hasPrefix("$")
        ? formula(text, at: offset, &reader) : reference(text, at: offset, &reader, inLink: inLink)
    case .footnoteReference(let number):
      let range = reader.search("[^")
      if inLink { reportNestedLink("a footnote's mark", at: range) }
      footnoteReferences[number, default: 0] += 1
      return .footnoteReference(number: number, reference: footnoteReferences[number, default: 1])
    case .tooDeep:
      reportDepth(at: reader.map.range)
      return nil
    }
  }

  // MARK: Code and formulas

  private mutating func code(_ text: String, _ place: MarkdownPlace, _ reader: inout InlineReader) -> Inline {
    let prefix = "{swift}"
    guard text.drop(while: \.isWhitespace).hasPrefix(prefix) else {
      reader.skip(text, near: place)
      return .code(text)
    }
    guard let (code, range) = reader.expression(in: place, prefix: prefix) else { return .code(text) }
    if code.isEmpty {
      mistakes.add(
        "empty-expression", "there is no expression behind '\(prefix)'", at: range,
        remedy: "write one, such as `{swift} loss`")
      return .code(text)
    }
    let preceding = draft.cells.partition { $0.range.start < range.start }
    let expression = InlineExpression(
      index: expressions.count, code: code, range: range, precedingCells: preceding,
      isDeferred: isInAnswer && scope == nil, scope: scope)
    expressions.append(expression)
    return .expression(index: expression.index)
  }

  private mutating func formula(_ text: String, at offset: Int, _ reader: inout InlineReader) -> Inline? {
    if text.hasPrefix("$$") {
      mistakes.add(
        "misplaced-formula", "a displayed formula stands on lines of its own", at: reader.lifted(text, at: offset),
        remedy: "begin a new line before '$$' and after it, or write '$…$' to keep it in the sentence")
      return nil
    }
    let tex = String(text.dropFirst().dropLast())
    let range = reader.lifted(text, at: offset, inner: 1..<text.utf8.count - 1)
    formulas.append(Formula(tex: tex, isDisplay: false, range: range))
    return .math(tex)
  }

  // MARK: References and links

  private mutating func reference(
    _ text: String, at offset: Int, _ reader: inout InlineReader, inLink: Bool
  ) -> Inline {
    let range = reader.lifted(text, at: offset)
    let label = String(text.dropFirst())
    if inLink { reportNestedLink("the reference '\(text)'", at: range) }
    if let target = draft.labels[label] {
      reportHidden(label, at: range)
      return .reference(label: label, number: target.number)
    }
    guard label.hasPrefix("fig-") || label.hasPrefix("eq-") else {
      mistakes.add(
        "dangling-reference", "'\(text)' refers to nothing: only figures and equations have numbers", at: range,
        remedy: label.hasPrefix("sec-")
          ? "link to the heading, as in '[its words](#its-words)'"
          : "show the table in a cell labelled 'fig-…', and refer to that")
      return .text(text)
    }
    let known = draft.labels.keys.sorted()
    let what = label.hasPrefix("fig-") ? "figure" : "equation"
    mistakes.add(
      "dangling-reference", "there is no \(what) '\(label)' in this lesson", at: range,
      remedy: NearestName.of(label, among: known).map { "did you mean '@\($0)'?" }
        ?? (what == "figure"
          ? "give a cell the option '//| label: \(label)'" : "write '{#\(label)}' behind the equation's closing '$$'"))
    return .text(text)
  }

  private mutating func link(
    _ url: String, _ title: String, _ content: [MarkdownInline], _ place: MarkdownPlace, _ reader: inout InlineReader
  ) -> Inline {
    let text = InlineText.plain(content)
    // An address that links to itself: `<https://…>` or a bare one.
    let isAutolink = content.count == 1 && (url == text || url.hasSuffix(":" + text) || url.hasSuffix("//" + text))
    // An address that was written out as `[address](address)` is found by the same text.
    let found = isAutolink ? reader.verbatim(text, near: place) : reader.bracketed(place, opening: "[")
    let range = found.range
    let made = inlines(content, &reader, inLink: true)
    reader.advance(to: found.end)
    if !isAutolink, made.isEmpty || text.allSatisfy(\.isWhitespace), !made.contains(where: \.isVisible) {
      mistakes.add(
        "empty-link", "this link has no text", at: range, remedy: "write between the brackets where it leads")
    }
    let destination = links.destination(of: url, at: range) ?? "#"
    return .link(destination: destination, title: title.isEmpty ? nil : title, content: made)
  }

  private mutating func image(
    _ url: String, _ title: String, _ content: [MarkdownInline], _ place: MarkdownPlace, _ reader: inout InlineReader
  ) -> Inline {
    let (range, end) = reader.bracketed(place, opening: "![")
    reader.advance(to: end)
    let alt = InlineText.plain(content)
    if alt.contains("{swift}") {
      mistakes.add(
        "expression-in-alt", "an image's text cannot hold an expression", at: range,
        remedy: "say it in the text beside the image, or show a figure from a cell")
    }
    if alt.allSatisfy(\.isWhitespace) {
      mistakes.add(
        "missing-alt", "this image has no text for those who cannot see it", at: range,
        remedy: "write between the brackets what the image shows")
    }
    let source = links.imageSource(url, at: range) ?? ""
    return .image(source: source, title: title.isEmpty ? nil : title, alt: alt)
  }

  /// What stands in a hint or a solution is named there only: readers may have neither.
  private func reportHidden(_ label: String, at range: SourceRange) {
    guard let home = draft.labelScopes[label], home.part != .question,
      scope?.exercise != home.exercise || scope?.part != .solution && scope?.part != home.part
    else { return }
    mistakes.add(
      "hidden-reference", "'\(label)' stands in a \(home.part.rawValue), which not every reader has", at: range,
      remedy: "refer to it within the \(home.part.rawValue) only, or move it out of there")
  }

  private func reportNestedLink(_ what: String, at range: SourceRange) {
    mistakes.add(
      "nested-link", "\(what) is a link itself and cannot stand in another one", at: range,
      remedy: "move it out of the brackets")
  }
}

extension Inline {
  fileprivate var isVisible: Bool {
    switch self {
    case .image, .math, .expression, .code: true
    default: false
    }
  }
}
