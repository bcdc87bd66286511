internal import CLessonRuntime
internal import SnippetProtocol
internal import TensorCore

/// Computes in a copy of the process, so that a value that was computed and one that was kept leave the lesson in the same
/// state: nothing but the value comes back.
enum MemoCopy {
  /// What `body` gives, and what it printed.
  static func bytes(named name: String, _ body: () throws -> [UInt8]) -> (value: [UInt8], text: [UInt8]) {
    let value = walkthrough_memory_file()
    let text = walkthrough_memory_file()
    guard value >= 0, text >= 0 else { trap("memo", "the system has no memory file left") }
    defer {
      walkthrough_close(value)
      walkthrough_close(text)
    }
    if walkthrough_begin_copy() {
      ThreadPool.startAnew()
      walkthrough_redirect_output(text)
      MemoStore.beginComputing(name)
      do {
        let bytes = try body()
        let isWritten = bytes.withUnsafeBufferPointer { bytes in
          bytes.baseAddress.map { walkthrough_append(value, $0, bytes.count) } ?? true
        }
        if !isWritten { trap("memo", "no memory is left for the value \"\(name)\"") }
        walkthrough_end_copy()
      } catch {
        errorLeftProgram(unsafeBitCast(Thrown(error: error), to: UnsafeRawPointer.self))
        walkthrough_leave(1)
      }
    }
    return (content(of: value), content(of: text))
  }

  private static func content(of file: Int32) -> [UInt8] {
    var count = 0
    guard let start = walkthrough_content(file, &count) else { trap("memo", "the value's memory cannot be read") }
    defer { walkthrough_free(start) }
    return Array(UnsafeBufferPointer(start: start, count: count))
  }
}

/// An error is one pointer, to a box that the runtime knows by its address. In a structure, because a bare error would be
/// taken out of its box on the way.
private struct Thrown {
  var error: any Error
}
