internal import CYAML

/// Parses one YAML document with libyaml. This is the one file that imports it; what leaves is an owned `YAMLNode`.
///
/// Anchors, aliases and tags are refused: a lesson's options need none, and without them a value is what it says.
enum YAMLParser {
  /// Values nested more deeply than this are refused.
  static let deepestNesting = 16

  /// The document's value, or nil for a text without one.
  static func parse(_ text: String) throws(YAMLProblem) -> YAMLNode? {
    var stream = EventStream(text)
    defer { stream.close() }
    return try stream.document()
  }
}

private struct EventStream {
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  /// libyaml counts characters; this holds the byte offset of each, and the end's.
  private let byteOffsets: [Int]
  private let isReady: Bool

  init(_ text: String) {
    let bytes = Array(text.utf8)
    byteOffsets = bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 } + [bytes.count]
    buffer = .allocate(capacity: max(1, bytes.count))
    _ = buffer.update(fromContentsOf: bytes + (bytes.isEmpty ? [UInt8(ascii: "\n")] : []))
    isReady = yaml_parser_initialize(parser) != 0
    if isReady {
      yaml_parser_set_input_string(parser, buffer.baseAddress, bytes.count)
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    }
  }

  func close() {
    if isReady { yaml_parser_delete(parser) }
    parser.deallocate()
    buffer.deallocate()
  }

  mutating func document() throws(YAMLProblem) -> YAMLNode? {
    guard isReady else { throw YAMLProblem(message: "there is no memory left to read it", offset: 0) }
    var root: YAMLNode?
    while true {
      let event = try next()
      switch event.kind {
      case .streamEnd: return root
      case .documentStart where root != nil:
        throw YAMLProblem(message: "a second document begins here", offset: event.range.lowerBound)
      case .other, .documentStart: continue
      default: root = try node(event, depth: 0)
      }
    }
  }

  private func node(_ event: Event, depth: Int) throws(YAMLProblem) -> YAMLNode {
    guard depth < YAMLParser.deepestNesting else {
      throw YAMLProblem(
        message: "values are nested more deeply than \(YAMLParser.deepestNesting) levels",
        offset: event.range.lowerBound)
    }
    switch event.kind {
    case .scalar(let text, let isPlain):
      return YAMLNode(kind: .scalar(text, isPlain: isPlain), range: event.range)
    case .sequenceStart:
      var items: [YAMLNode] = []
      while true {
        let item = try next()
        if case .end = item.kind {
          return YAMLNode(kind: .sequence(items), range: event.range.lowerBound..<item.range.upperBound)
        }
        items.append(try node(item, depth: depth + 1))
      }
    case .mappingStart:
      var entries: [YAMLNode.Entry] = []
      while true {
        let first = try next()
        if case .end = first.kind {
          return YAMLNode(kind: .mapping(entries), range: event.range.lowerBound..<first.range.upperBound)
        }
        let key = try node(first, depth: depth + 1)
        entries.append(YAMLNode.Entry(key: key, value: try node(try next(), depth: depth + 1)))
      }
    case .streamEnd, .documentStart, .end, .other:
      throw YAMLProblem(message: "a value is missing here", offset: event.range.lowerBound)
    }
  }

  // MARK: Events

  private struct Event {
    enum Kind {
      case streamEnd, documentStart, sequenceStart, mappingStart, end, other
      case scalar(String, isPlain: Bool)
    }

    var kind: Kind
    var range: Range<Int>
  }

  private func next() throws(YAMLProblem) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) != 0 else { throw problem() }
    defer { yaml_event_delete(&event) }
    let start = offset(event.start_mark)
    let range = start..<max(start, offset(event.end_mark))
    switch event.type {
    case YAML_STREAM_END_EVENT: return Event(kind: .streamEnd, range: range)
    case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, range: range)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return Event(kind: .end, range: range)
    case YAML_ALIAS_EVENT:
      throw YAMLProblem(message: "aliases (*name) are not supported; write the value out", offset: start)
    case YAML_SEQUENCE_START_EVENT:
      let data = event.data.sequence_start
      try refuse(anchor: data.anchor, tag: data.tag, at: start)
      return Event(kind: .sequenceStart, range: range)
    case YAML_MAPPING_START_EVENT:
      let data = event.data.mapping_start
      try refuse(anchor: data.anchor, tag: data.tag, at: start)
      return Event(kind: .mappingStart, range: range)
    case YAML_SCALAR_EVENT:
      let data = event.data.scalar
      try refuse(anchor: data.anchor, tag: data.tag, at: start)
      let text = String(decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
      return Event(kind: .scalar(text, isPlain: data.style == YAML_PLAIN_SCALAR_STYLE), range: range)
    default: return Event(kind: .other, range: range)
    }
  }

  private func refuse(
    anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?, at offset: Int
  ) throws(YAMLProblem) {
    if anchor != nil { throw YAMLProblem(message: "anchors (&name) are not supported", offset: offset) }
    if tag != nil { throw YAMLProblem(message: "tags (!name) are not supported", offset: offset) }
  }

  private func problem() -> YAMLProblem {
    let failed = parser.pointee
    var message = failed.problem.map { String(cString: $0) } ?? "it cannot be read"
    if let context = failed.context { message += " " + String(cString: context) }
    if failed.error == YAML_READER_ERROR {
      return YAMLProblem(message: message, offset: min(failed.problem_offset, byteOffsets.last ?? 0))
    }
    return YAMLProblem(message: message, offset: offset(failed.problem_mark))
  }

  private func offset(_ mark: yaml_mark_t) -> Int {
    byteOffsets[min(Int(mark.index), byteOffsets.count - 1)]
  }
}
