internal import CLessonRuntime
internal import SnippetProtocol
internal import TensorCore

/// Computes in copies of the process, so that a value that was computed and one that was kept leave the lesson in the same
/// state: nothing but the value comes back.
enum MemoCopy {
  /// What a copy hands back.
  struct Result {
    var value: [UInt8]
    /// What it printed.
    var text: [UInt8]
  }

  /// What `body` gives for each place below `count`, each in a copy of its own: as many at a time as there are threads, which
  /// are dealt out among them. So values that do not depend on each other take all cores even where each alone is too small
  /// to be shared; and no value depends on how many there are, since none depends on the number of threads.
  ///
  /// - Parameter ended: is given each result as soon as it is there, in whatever order, in this process.
  static func compute(
    _ count: Int, _ name: String, _ body: (Int) throws -> [UInt8], ended: (Int, Result) -> Void
  ) {
    let most = min(count, ThreadPool.threadCount)
    guard most > 0 else { return }
    guard let threads = walkthrough_share_word() else { trap("memo", "the system has no shared memory left") }
    defer { walkthrough_give_back_word(threads) }
    walkthrough_write_word(threads, UInt32(ThreadPool.threadCount / most))
    var next = 0
    var underWay: [Int32: (place: Int, value: Int32, text: Int32)] = [:]
    while next < count || !underWay.isEmpty {
      if next < count, underWay.count < most {
        let (value, text) = (walkthrough_memory_file(), walkthrough_memory_file())
        guard value >= 0, text >= 0 else { trap("memo", "the system has no memory file left") }
        var number: Int32 = 0
        if walkthrough_start_copy(&number) {
          ThreadPool.startAnew()
          ThreadPool.follow(threads)
          goOn(name, in: value, text) { try body(next) }
        }
        underWay[number] = (next, value, text)
        next += 1
        continue
      }
      guard let copy = underWay.removeValue(forKey: walkthrough_await_copy()) else { continue }
      ended(copy.place, Result(value: content(of: copy.value), text: content(of: copy.text)))
      walkthrough_close(copy.value)
      walkthrough_close(copy.text)
      // The last ones have the cores of those that are done.
      if next == count, !underWay.isEmpty {
        walkthrough_write_word(threads, UInt32(ThreadPool.threadCount / underWay.count))
      }
    }
  }

  /// The life of a copy.
  private static func goOn(_ name: String, in value: Int32, _ text: Int32, _ body: () throws -> [UInt8]) -> Never {
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
