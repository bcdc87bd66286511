internal import SnippetProtocol

/// Reads what `MemoEncoder` has written.
enum MemoDecoder {
  /// Nil for bytes of anything else.
  static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) -> Value? {
    var reader = WireReader(bytes)
    guard let node = try? reader.read(MemoNode.self), (try? reader.finish()) != nil else { return nil }
    return try? value(type, node, [])
  }

  fileprivate static func value<Value: Decodable>(
    _ type: Value.Type, _ node: MemoNode, _ path: [any CodingKey]
  ) throws -> Value {
    if let raw = type as? any MemoRaw.Type, case .bytes = node {
      guard let value = raw.init(memoNode: node) as? Value else { throw mismatch(type, path) }
      return value
    }
    return try Value(from: TreeDecoder(node: node, codingPath: path))
  }

  fileprivate static func mismatch(_ type: Any.Type, _ path: [any CodingKey]) -> DecodingError {
    .typeMismatch(type, DecodingError.Context(codingPath: path, debugDescription: "another kind of value is stored"))
  }
}

private struct TreeDecoder: Swift.Decoder {
  let node: MemoNode
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .record(let fields) = node else { throw MemoDecoder.mismatch([String: Any].self, codingPath) }
    return KeyedDecodingContainer(
      Keyed(
        nodes: Dictionary(fields.map { ($0.name, $0.node) }) { _, last in last }, names: fields.map(\.name),
        codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .list(let nodes) = node else { throw MemoDecoder.mismatch([Any].self, codingPath) }
    return Unkeyed(nodes: nodes, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { Single(node: node, codingPath: codingPath) }
}

private struct Single: SingleValueDecodingContainer {
  let node: MemoNode
  let codingPath: [any CodingKey]

  private func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
    switch node {
    case .integer(let value): if let exact = Value(exactly: value) { return exact }
    case .unsigned(let value): if let exact = Value(exactly: value) { return exact }
    default: break
    }
    throw MemoDecoder.mismatch(type, codingPath)
  }

  func decodeNil() -> Bool { if case .null = node { true } else { false } }
  func decode(_ type: Bool.Type) throws -> Bool { try integer(Int.self) != 0 }
  func decode(_ type: String.Type) throws -> String {
    guard case .text(let text) = node else { throw MemoDecoder.mismatch(type, codingPath) }
    return text
  }
  func decode(_ type: Double.Type) throws -> Double {
    guard case .double(let bits) = node else { throw MemoDecoder.mismatch(type, codingPath) }
    return Double(bitPattern: bits)
  }
  func decode(_ type: Float.Type) throws -> Float {
    guard case .float(let bits) = node else { throw MemoDecoder.mismatch(type, codingPath) }
    return Float(bitPattern: bits)
  }
  func decode(_ type: Int.Type) throws -> Int { try integer(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try MemoDecoder.value(type, node, codingPath) }
}

private struct Unkeyed: UnkeyedDecodingContainer {
  let nodes: [MemoNode]
  let codingPath: [any CodingKey]
  private(set) var currentIndex = 0
  var count: Int? { nodes.count }
  var isAtEnd: Bool { currentIndex == nodes.count }

  init(nodes: [MemoNode], codingPath: [any CodingKey]) {
    self.nodes = nodes
    self.codingPath = codingPath
  }

  private mutating func next() throws -> MemoNode {
    guard !isAtEnd else { throw MemoDecoder.mismatch([Any].self, codingPath) }
    defer { currentIndex += 1 }
    return nodes[currentIndex]
  }

  mutating func decodeNil() -> Bool {
    guard !isAtEnd, case .null = nodes[currentIndex] else { return false }
    currentIndex += 1
    return true
  }
  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try MemoDecoder.value(type, try next(), codingPath)
  }
  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try TreeDecoder(node: try next(), codingPath: codingPath).container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try TreeDecoder(node: try next(), codingPath: codingPath).unkeyedContainer()
  }
  mutating func superDecoder() throws -> any Swift.Decoder { TreeDecoder(node: try next(), codingPath: codingPath) }
}

private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let nodes: [String: MemoNode]
  let names: [String]
  let codingPath: [any CodingKey]
  var allKeys: [Key] { names.compactMap { Key(stringValue: $0) } }

  private func node(_ key: some CodingKey) throws -> MemoNode {
    guard let node = nodes[key.stringValue] else {
      throw DecodingError.keyNotFound(
        key, DecodingError.Context(codingPath: codingPath, debugDescription: "it is not stored"))
    }
    return node
  }

  func contains(_ key: Key) -> Bool { nodes[key.stringValue] != nil }
  func decodeNil(forKey key: Key) throws -> Bool { if case .null = try node(key) { true } else { false } }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try MemoDecoder.value(type, try node(key), codingPath + [key])
  }
  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try TreeDecoder(node: try node(key), codingPath: codingPath + [key]).container(keyedBy: type)
  }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try TreeDecoder(node: try node(key), codingPath: codingPath + [key]).unkeyedContainer()
  }
  func superDecoder() throws -> any Swift.Decoder { TreeDecoder(node: try node(SuperKey()), codingPath: codingPath) }
  func superDecoder(forKey key: Key) throws -> any Swift.Decoder {
    TreeDecoder(node: try node(key), codingPath: codingPath + [key])
  }
}
