internal import CDuktape

/// A JavaScript engine: Duktape with an empty global object, no files, no network, no clock of its own.
///
/// It owns its heap and frees it at the end; what goes in and what comes out are Swift values. One engine is used by one
/// task at a time.
final class ScriptEngine {
  /// What a script threw.
  struct Failure: Error, Equatable {
    var message: String
    /// The error's own `position` property, where it has one.
    var position: Int?
  }

  private let context: OpaquePointer

  /// Makes an engine; nil when there is no memory for its heap.
  init?() {
    guard let context = duk_create_heap(nil, nil, nil, nil, nil) else { return nil }
    self.context = context
  }

  deinit { duk_destroy_heap(context) }

  /// Runs `source` and drops its value.
  func run(_ source: String) throws(Failure) {
    defer { duk_set_top(context, 0) }
    push(source)
    // What the header's macro for a protected evaluation of the string on the stack expands to; the count of stack
    // values rides in the lowest bits of the flags.
    let flags = UInt32(DUK_COMPILE_EVAL | DUK_COMPILE_SAFE | DUK_COMPILE_NOFILENAME) | 1
    guard duk_eval_raw(context, nil, 0, flags) == 0 else { throw failure() }
  }

  /// Calls a function of the global object with strings and returns its string.
  func call(_ function: String, _ arguments: [String]) throws(Failure) -> String {
    defer { duk_set_top(context, 0) }
    guard duk_check_stack(context, duk_idx_t(arguments.count + 2)) != 0 else {
      throw Failure(message: "no room for the arguments", position: nil)
    }
    _ = duk_get_global_lstring(context, function, function.utf8.count)
    for argument in arguments { push(argument) }
    guard duk_pcall(context, duk_idx_t(arguments.count)) == 0 else { throw failure() }
    return string(at: -1)
  }

  /// What is on top of the stack, taken as an error.
  private func failure() -> Failure {
    var position: Int?
    if duk_is_object(context, -1) != 0 {
      if duk_get_prop_lstring(context, -1, "position", 8) != 0, duk_is_number(context, -1) != 0 {
        position = Int(exactly: duk_get_number(context, -1).rounded())
      }
      duk_pop(context)
      if duk_get_prop_lstring(context, -1, "message", 7) != 0, duk_is_string(context, -1) != 0 {
        return Failure(message: string(at: -1), position: position)
      }
      duk_pop(context)
    }
    return Failure(message: string(at: -1), position: position)
  }

  private func push(_ text: String) {
    let units = ScriptText.encode(text)
    units.withUnsafeBytes { bytes in
      _ = duk_push_lstring(context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
  }

  private func string(at index: duk_idx_t) -> String {
    var length = 0
    guard let bytes = duk_safe_to_lstring(context, index, &length) else { return "" }
    return ScriptText.decode(UnsafeRawBufferPointer(start: bytes, count: length))
  }
}

/// Duktape's string encoding: UTF-8 in which characters beyond U+FFFF are two surrogates of three bytes each.
enum ScriptText {
  static func encode(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      guard scalar.value > 0xFFFF else {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        continue
      }
      for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
        let value = UInt32(unit)
        bytes.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
        bytes.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
        bytes.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
      }
    }
    return bytes
  }

  static func decode(_ bytes: UnsafeRawBufferPointer) -> String {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let first = UInt16(bytes[index])
      let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : 3
      guard index + length <= bytes.count else { break }
      var unit = length == 1 ? first : length == 2 ? first & 0x1F : first & 0x0F
      for offset in 1..<4 where offset < length { unit = unit << 6 | UInt16(bytes[index + offset] & 0x3F) }
      units.append(unit)
      index += length
    }
    return String(decoding: units, as: UTF16.self)
  }
}
