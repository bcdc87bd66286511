internal import CCMarkGFM
internal import Synchronization

/// Parses Markdown with libcmark-gfm. This is the one file that imports it; what leaves is an owned `MarkdownBlock`.
///
/// Formulas and `@` references are kept from the Markdown rules by a syntax extension of our own: cmark calls it at
/// a `$` or an `@` that stands in running text (so never in code, in HTML or behind a backslash) and at a line that
/// begins with `$$`, and takes what it returns as a finished node. The text is never rewritten, so no position moves.
enum MarkdownParser {
  /// Blocks and inlines nested more deeply than this arrive as `tooDeep`; it keeps recursion off the stack's end.
  static let deepestNesting = 100

  /// cmark switches its global character tables while it parses with inline extensions, so parses take turns.
  private static let turn = Mutex(())

  static func parse(_ text: String) -> MarkdownBlock {
    turn.withLock { _ in parseAlone(text) }
  }

  private static func parseAlone(_ text: String) -> MarkdownBlock {
    cmark_gfm_core_extensions_ensure_registered()
    let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_SOURCEPOS | CMARK_OPT_FOOTNOTES)
    let lifting = makeLiftingExtension()
    defer {
      cmark_parser_free(parser)
      cmark_syntax_extension_free(cmark_get_default_mem_allocator(), lifting)
    }
    // First, because the table extension claims every line below a paragraph, table or not.
    cmark_parser_attach_syntax_extension(parser, lifting)
    for name in ["table", "strikethrough", "autolink", "tasklist"] {
      if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
    }
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
    }
    guard let document = cmark_parser_finish(parser) else {
      return MarkdownBlock(
        kind: .document([]), place: MarkdownPlace(startLine: 1, startColumn: 1, endLine: 1, endColumn: 0))
    }
    defer { cmark_node_free(document) }
    return CMarkNode(pointer: document).block(depth: 0)
  }
}

// MARK: - From cmark's nodes to owned values

/// A borrowed cmark node. It lives no longer than the parse that made it.
private struct CMarkNode {
  let pointer: UnsafeMutablePointer<cmark_node>

  private var type: UInt32 { cmark_node_get_type(pointer).rawValue }
  private var typeName: String { String(cString: cmark_node_get_type_string(pointer)) }

  private var children: [CMarkNode] {
    var result: [CMarkNode] = []
    var next = cmark_node_first_child(pointer)
    while let child = next {
      result.append(CMarkNode(pointer: child))
      next = cmark_node_next(child)
    }
    return result
  }

  private var place: MarkdownPlace {
    MarkdownPlace(
      startLine: Int(cmark_node_get_start_line(pointer)), startColumn: Int(cmark_node_get_start_column(pointer)),
      endLine: Int(cmark_node_get_end_line(pointer)), endColumn: Int(cmark_node_get_end_column(pointer)))
  }

  private var literal: String { owned(cmark_node_get_literal(pointer)) }

  private func owned(_ text: UnsafePointer<CChar>?) -> String {
    text.map { String(cString: $0) } ?? ""
  }

  private func blocks(depth: Int) -> [MarkdownBlock] {
    if depth >= MarkdownParser.deepestNesting {
      return children.prefix(1).map { MarkdownBlock(kind: .tooDeep, place: $0.place) }
    }
    return children.map { $0.block(depth: depth + 1) }
  }

  func block(depth: Int) -> MarkdownBlock {
    MarkdownBlock(kind: blockKind(depth: depth), place: place)
  }

  private func blockKind(depth: Int) -> MarkdownBlock.Kind {
    switch type {
    case CMARK_NODE_DOCUMENT.rawValue: return .document(blocks(depth: depth))
    case CMARK_NODE_BLOCK_QUOTE.rawValue: return .quote(blocks(depth: depth))
    case CMARK_NODE_LIST.rawValue:
      let isOrdered = cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST
      return .list(
        start: isOrdered ? Int(cmark_node_get_list_start(pointer)) : nil,
        isTight: cmark_node_get_list_tight(pointer) != 0, items: blocks(depth: depth))
    case CMARK_NODE_ITEM.rawValue:
      let isTask = typeName == "tasklist"
      return .item(
        task: isTask ? cmark_gfm_extensions_get_tasklist_item_checked(pointer) : nil, content: blocks(depth: depth))
    case CMARK_NODE_CODE_BLOCK.rawValue: return codeKind
    case CMARK_NODE_HTML_BLOCK.rawValue: return .html(literal: literal)
    case CMARK_NODE_PARAGRAPH.rawValue: return .paragraph(text(depth: depth))
    case CMARK_NODE_HEADING.rawValue:
      return .heading(
        level: Int(cmark_node_get_heading_level(pointer)), isUnderlined: pointer.pointee.as.heading.setext,
        text(depth: depth))
    case CMARK_NODE_THEMATIC_BREAK.rawValue: return .thematicBreak
    case CMARK_NODE_FOOTNOTE_DEFINITION.rawValue: return .footnoteDefinition(blocks(depth: depth))
    default: return tableKind(depth: depth)
    }
  }

  private var codeKind: MarkdownBlock.Kind {
    if cmark_node_get_syntax_extension(pointer) != nil { return .displayMath(literal: literal) }
    var (length, offset, character) = (CInt(0), CInt(0), CChar(0))
    let isFenced = cmark_node_get_fenced(pointer, &length, &offset, &character) != 0
    return .code(
      MarkdownCode(
        info: owned(cmark_node_get_fence_info(pointer)), literal: literal, isFenced: isFenced,
        fenceLength: Int(length), fenceCharacter: UInt8(bitPattern: character)))
  }

  private func tableKind(depth: Int) -> MarkdownBlock.Kind {
    let count = Int(cmark_gfm_extensions_get_table_columns(pointer))
    let letters = cmark_gfm_extensions_get_table_alignments(pointer)
    let alignments = (0..<count).map { column -> Block.Table.Alignment in
      switch letters?[column] {
      case UInt8(ascii: "l"): .left
      case UInt8(ascii: "c"): .center
      case UInt8(ascii: "r"): .right
      default: .none
      }
    }
    return .table(
      alignments: alignments, rows: children.map { row in row.children.map { $0.text(depth: depth + 2) } })
  }

  private func text(depth: Int) -> MarkdownText {
    let content = cmark_node_get_string_content(pointer).map { Array(String(cString: $0).utf8) }
    return MarkdownText(
      content: content ?? [], inlines: inlines(depth: depth), place: place,
      contentColumn: place.startColumn + Int(pointer.pointee.internal_offset))
  }

  private func inlines(depth: Int) -> [MarkdownInline] {
    if depth >= MarkdownParser.deepestNesting {
      return children.prefix(1).map { MarkdownInline(kind: .tooDeep, place: $0.place) }
    }
    return children.map { MarkdownInline(kind: $0.inlineKind(depth: depth + 1), place: $0.place) }
  }

  private func inlineKind(depth: Int) -> MarkdownInline.Kind {
    switch type {
    case CMARK_NODE_TEXT.rawValue: .text(literal)
    case CMARK_NODE_SOFTBREAK.rawValue: .softBreak
    case CMARK_NODE_LINEBREAK.rawValue: .lineBreak
    case CMARK_NODE_CODE.rawValue: .code(literal)
    case CMARK_NODE_HTML_INLINE.rawValue:
      if let mark = cmark_node_get_user_data(pointer) {
        .lifted(literal, offset: Int(bitPattern: mark) - 1)
      } else {
        .html(literal)
      }
    case CMARK_NODE_EMPH.rawValue: .emphasis(inlines(depth: depth))
    case CMARK_NODE_STRONG.rawValue: .strong(inlines(depth: depth))
    case CMARK_NODE_LINK.rawValue:
      .link(
        url: owned(cmark_node_get_url(pointer)), title: owned(cmark_node_get_title(pointer)),
        content: inlines(depth: depth))
    case CMARK_NODE_IMAGE.rawValue:
      .image(
        url: owned(cmark_node_get_url(pointer)), title: owned(cmark_node_get_title(pointer)),
        content: inlines(depth: depth))
    case CMARK_NODE_FOOTNOTE_REFERENCE.rawValue: .footnoteReference(number: Int(literal) ?? 0)
    default: .strikethrough(inlines(depth: depth))
    }
  }
}

// MARK: - The extension that lifts formulas and references out

extension MarkdownParser {
  /// What a display formula's `user_data` holds once its closing `$$` was seen.
  private static var closed: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: 1) }

  private static func makeLiftingExtension() -> OpaquePointer? {
    let lifting = cmark_syntax_extension_new("lifting")
    cmark_syntax_extension_set_open_block_func(lifting) { own, indented, parser, parent, input, length in
      guard let own, let parser, let input, indented == 0 else { return nil }
      return MarkdownParser.openFormula(own, parser, parent, UnsafeBufferPointer(start: input, count: Int(length)))
    }
    cmark_syntax_extension_set_match_block_func(lifting) { _, parser, input, length, formula in
      guard let parser, let input, let formula else { return 0 }
      return MarkdownParser.continueFormula(formula, parser, UnsafeBufferPointer(start: input, count: Int(length)))
    }
    cmark_syntax_extension_set_match_inline_func(lifting) { _, _, _, _, inlineParser in
      inlineParser.flatMap { MarkdownParser.lift($0) }
    }
    let memory = cmark_get_default_mem_allocator()
    var characters: UnsafeMutablePointer<cmark_llist>?
    for character in [UInt8(ascii: "$"), UInt8(ascii: "@")] {
      characters = cmark_llist_append(memory, characters, UnsafeMutableRawPointer(bitPattern: UInt(character)))
    }
    cmark_syntax_extension_set_special_inline_chars(lifting, characters)
    return lifting
  }

  /// A line that begins with `$$` opens a display formula. A code block of this extension holds it, because code
  /// blocks keep their lines as they are.
  private static func openFormula(
    _ own: OpaquePointer, _ parser: OpaquePointer,
    _ parent: UnsafeMutablePointer<cmark_node>?, _ line: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<cmark_node>? {
    let start = Int(cmark_parser_get_first_nonspace(parser))
    guard start + 1 < line.count, line[start] == UInt8(ascii: "$"), line[start + 1] == UInt8(ascii: "$") else {
      return nil
    }
    let formula = cmark_parser_add_child(parser, parent, CMARK_NODE_CODE_BLOCK, CInt(start + 1))
    cmark_node_set_syntax_extension(formula, own)
    if LiftedSyntax.displayEnd(in: line, from: start + 2) != nil { cmark_node_set_user_data(formula, closed) }
    line.baseAddress?.withMemoryRebound(to: CChar.self, capacity: line.count) { text in
      cmark_parser_advance_offset(parser, text, CInt(start) - cmark_parser_get_offset(parser), 0)
    }
    return formula
  }

  /// A display formula goes on until its closing `$$`; a blank line, which TeX forbids there, ends it unclosed.
  private static func continueFormula(
    _ formula: UnsafeMutablePointer<cmark_node>, _ parser: OpaquePointer, _ line: UnsafeBufferPointer<UInt8>
  ) -> CInt {
    if cmark_node_get_user_data(formula) == closed || cmark_parser_is_blank(parser) != 0 { return 0 }
    let start = Int(cmark_parser_get_offset(parser))
    if LiftedSyntax.displayEnd(in: line, from: start) != nil { cmark_node_set_user_data(formula, closed) }
    return 1
  }

  private static func lift(_ parser: OpaquePointer) -> UnsafeMutablePointer<cmark_node>? {
    guard let chunk = cmark_inline_parser_get_chunk(parser), let data = chunk.pointee.data else { return nil }
    let bytes = UnsafeBufferPointer(start: data, count: Int(chunk.pointee.len))
    let start = Int(cmark_inline_parser_get_offset(parser))
    guard start < bytes.count, let end = LiftedSyntax.end(in: bytes, from: start) else { return nil }
    // Of the kinds that hold a text, this one is allowed in a table. The offset, plus one, tells it from real HTML.
    let node = cmark_node_new_with_mem(CMARK_NODE_HTML_INLINE, cmark_get_default_mem_allocator())
    String(decoding: bytes[start..<end], as: UTF8.self).withCString { _ = cmark_node_set_literal(node, $0) }
    cmark_node_set_user_data(node, UnsafeMutableRawPointer(bitPattern: start + 1))
    cmark_inline_parser_set_offset(parser, CInt(end))
    return node
  }
}
