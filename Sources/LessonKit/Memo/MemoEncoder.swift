internal import SnippetProtocol

/// Writes any `Codable` value as bytes, floating-point numbers bit by bit.
enum MemoEncoder {
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    var writer = WireWriter()
    writer.write(try node(value, path: []))
    return writer.bytes
  }

  fileprivate static func node(_ value: some Encodable, path: [any CodingKey]) throws -> MemoNode {
    let box = NodeBox()
    var single = Single(box: box, codingPath: path)
    try single.encode(value)
    return box.node
  }
}

/// A place in the tree that is being filled. A class, because the containers of `Encoder` are handed out by value and
/// written to later.
private final class NodeBox {
  enum Content {
    case leaf(MemoNode)
    case list([NodeBox])
    case record([(name: String, box: NodeBox)])
  }

  var content = Content.leaf(.null)

  var node: MemoNode {
    switch content {
    case .leaf(let node): node
    case .list(let boxes): .list(boxes.map(\.node))
    case .record(let fields): .record(fields.map { MemoNode.Field(name: $0.name, node: $0.box.node) })
    }
  }

  func append(_ box: NodeBox) {
    if case .list(var boxes) = content {
      content = .leaf(.null)
      boxes.append(box)
      content = .list(boxes)
    } else {
      content = .list([box])
    }
  }

  func set(_ name: String, _ box: NodeBox) {
    if case .record(var fields) = content {
      fields.append((name, box))
      content = .record(fields)
    } else {
      content = .record([(name, box)])
    }
  }
}

private struct TreeEncoder: Swift.Encoder {
  let box: NodeBox
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .record = box.content {} else { box.content = .record([]) }
    return KeyedEncodingContainer(Keyed(box: box, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .list = box.content {} else { box.content = .list([]) }
    return Unkeyed(box: box, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(box: box, codingPath: codingPath) }
}

private struct Single: SingleValueEncodingContainer {
  let box: NodeBox
  let codingPath: [any CodingKey]

  private func leaf(_ node: MemoNode) { box.content = .leaf(node) }
  mutating func encodeNil() { leaf(.null) }
  mutating func encode(_ value: Bool) { leaf(.integer(value ? 1 : 0)) }
  mutating func encode(_ value: String) { leaf(.text(value)) }
  mutating func encode(_ value: Double) { leaf(.double(value.bitPattern)) }
  mutating func encode(_ value: Float) { leaf(.float(value.bitPattern)) }
  mutating func encode(_ value: Int) { leaf(.integer(Int64(value))) }
  mutating func encode(_ value: Int8) { leaf(.integer(Int64(value))) }
  mutating func encode(_ value: Int16) { leaf(.integer(Int64(value))) }
  mutating func encode(_ value: Int32) { leaf(.integer(Int64(value))) }
  mutating func encode(_ value: Int64) { leaf(.integer(value)) }
  mutating func encode(_ value: UInt) { leaf(.unsigned(UInt64(value))) }
  mutating func encode(_ value: UInt8) { leaf(.unsigned(UInt64(value))) }
  mutating func encode(_ value: UInt16) { leaf(.unsigned(UInt64(value))) }
  mutating func encode(_ value: UInt32) { leaf(.unsigned(UInt64(value))) }
  mutating func encode(_ value: UInt64) { leaf(.unsigned(value)) }
  mutating func encode<Value: Encodable>(_ value: Value) throws {
    if let raw = value as? any MemoRaw { return leaf(raw.memoNode) }
    try value.encode(to: TreeEncoder(box: box, codingPath: codingPath))
  }
}

private struct Unkeyed: UnkeyedEncodingContainer {
  let box: NodeBox
  let codingPath: [any CodingKey]
  private(set) var count = 0

  private mutating func next() -> NodeBox {
    let next = NodeBox()
    box.append(next)
    count += 1
    return next
  }

  mutating func encodeNil() { _ = next() }
  mutating func encode<Value: Encodable>(_ value: Value) throws {
    var single = Single(box: next(), codingPath: codingPath)
    try single.encode(value)
  }
  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    TreeEncoder(box: next(), codingPath: codingPath).container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    TreeEncoder(box: next(), codingPath: codingPath).unkeyedContainer()
  }
  mutating func superEncoder() -> any Swift.Encoder { TreeEncoder(box: next(), codingPath: codingPath) }
}

private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let box: NodeBox
  let codingPath: [any CodingKey]

  private func next(_ key: some CodingKey) -> NodeBox {
    let next = NodeBox()
    box.set(key.stringValue, next)
    return next
  }

  mutating func encodeNil(forKey key: Key) { _ = next(key) }
  mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    var single = Single(box: next(key), codingPath: codingPath + [key])
    try single.encode(value)
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    TreeEncoder(box: next(key), codingPath: codingPath + [key]).container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    TreeEncoder(box: next(key), codingPath: codingPath + [key]).unkeyedContainer()
  }
  mutating func superEncoder() -> any Swift.Encoder { TreeEncoder(box: next(SuperKey()), codingPath: codingPath) }
  mutating func superEncoder(forKey key: Key) -> any Swift.Encoder {
    TreeEncoder(box: next(key), codingPath: codingPath + [key])
  }
}

/// The key under which a class stores what belongs to the class above it.
struct SuperKey: CodingKey {
  var stringValue: String { "super" }
  var intValue: Int? { nil }
  init() {}
  init?(stringValue: String) { self.init() }
  init?(intValue: Int) { nil }
}

/// Values whose elements would take long one by one: they are written as they lie in memory.
protocol MemoRaw {
  var memoNode: MemoNode { get }
  init?(memoNode: MemoNode)
}

extension Array: MemoRaw where Element: RawElement {
  var memoNode: MemoNode { withUnsafeBytes { .bytes([UInt8]($0)) } }

  init?(memoNode: MemoNode) {
    guard case .bytes(let bytes) = memoNode, bytes.count % MemoryLayout<Element>.stride == 0 else { return nil }
    let count = bytes.count / MemoryLayout<Element>.stride
    self.init(unsafeUninitializedCapacity: count) { buffer, initialized in
      UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
      initialized = count
    }
  }
}

/// Numbers that are nothing but their bits.
protocol RawElement: Codable {}
extension Float: RawElement {}
extension Double: RawElement {}
extension Int: RawElement {}
extension UInt8: RawElement {}
extension UInt64: RawElement {}
