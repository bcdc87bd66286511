internal import CLessonRuntime
internal import SnippetProtocol
internal import Synchronization
internal import TensorCore

/// Where the values of `memo` are kept, and under which keys.
///
/// A value's key is made of a digest that the parent gives for the cell that runs (of LessonKit, the compiler, the data
/// files, and all code that the cell can depend on) and of the value's name and type. A file says in full which key it
/// is for and carries a checksum: a damaged file, or one of another key, is as good as none.
enum MemoStore {
  private struct State {
    var cell: Int?
    /// The names that were used in the cell that runs.
    var names: Set<String> = []
    /// The name of the value that this process computes.
    var computing: String?
  }

  private static let state = Mutex(State())
  private static let folder = walkthrough_environment(ChannelEnvironment.memoFolder).map { String(cString: $0) }
  private static let keys = walkthrough_environment(ChannelEnvironment.memoKeys).map {
    String(cString: $0).split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  static func enter(cell: Int?) {
    state.withLock {
      $0.cell = cell
      $0.names = []
    }
  }

  /// The file for a value; nil where nothing is kept. Traps when the name was used before in the same cell: the second
  /// value would be given the first one.
  static func file(_ name: String, type: String) -> MemoFile? { files(name, [name], type: type)[0] }

  /// The same for several values under one name.
  static func files(_ name: String, count: Int, type: String) -> [MemoFile?] {
    files(name, (0..<count).map { "\(name), \($0 + 1) of \(count)" }, type: type)
  }

  private static func files(_ name: String, _ values: [String], type: String) -> [MemoFile?] {
    let (cell, isNew) = state.withLock { ($0.cell, $0.names.insert(name).inserted) }
    if !isNew {
      trap(
        "memo", "\"\(name)\" is the name of two values of this cell; give each its own, such as \"\(name)-\\(seed)\"")
    }
    guard let folder, let keys, let cell, keys.indices.contains(cell), !keys[cell].isEmpty else {
      return values.map { _ in nil }
    }
    return values.map { value in
      MemoFile(path: "\(folder)/\(keys[cell].prefix(32))/\(fileName(value))", key: "\(keys[cell]) \(value): \(type)")
    }
  }

  static func beginComputing(_ name: String) { state.withLock { $0.computing = name } }

  /// Traps inside of a memo: what it shows or claims would be missing the next time.
  static func refuse(_ what: String) {
    guard let name = state.withLock({ $0.computing }) else { return }
    trap("memo", "\(what) inside of memo(\"\(name)\") would be missing when its value is kept; put it behind the memo")
  }

  /// Letters, digits and hyphens as they are, all else by its number.
  private static func fileName(_ name: String) -> String {
    var result = ""
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        result.unicodeScalars.append(UnicodeScalar(byte))
      default: result += "_" + String(byte, radix: 16)
      }
    }
    return String(result.prefix(150))
  }
}

/// A file that keeps one value, or the state of a computation that was interrupted.
struct MemoFile {
  private static let format = "walkthrough memo 1"

  let path: String
  let key: String

  /// The file of the state on the way to the value.
  var checkpoint: MemoFile { MemoFile(path: path + ".part", key: "checkpoint " + key) }

  /// The payload; nil where there is none, or a damaged one.
  func read() -> [UInt8]? {
    var count = 0
    guard let start = walkthrough_read_file(path, &count) else { return nil }
    defer { walkthrough_free(start) }
    let bytes = UnsafeBufferPointer(start: start, count: count)
    guard count > 8 else { return nil }
    var reader = WireReader(Array(bytes[..<(count - 8)]))
    var check = WireReader(Array(bytes[(count - 8)...]))
    guard (try? check.readInt()) == Self.checksum(bytes[..<(count - 8)]), (try? reader.readString()) == Self.format,
      (try? reader.readString()) == key, let payload = try? reader.readBytes(), (try? reader.finish()) != nil
    else { return nil }
    walkthrough_touch(path)
    return payload
  }

  /// Does nothing where the file cannot be written: the value is there, and is computed again the next time.
  func write(_ payload: [UInt8]) {
    var writer = WireWriter()
    writer.write(Self.format)
    writer.write(key)
    writer.write(payload)
    writer.write(writer.bytes.withUnsafeBufferPointer { Self.checksum($0[...]) })
    writer.bytes.withUnsafeBufferPointer { bytes in
      if let start = bytes.baseAddress { _ = walkthrough_write_file(path, start, bytes.count) }
    }
  }

  func remove() { walkthrough_remove(path) }

  /// FNV-1a of 64 bits: against a damaged disk, not against an enemy.
  private static func checksum(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(bitPattern: UInt(hash))
  }
}
