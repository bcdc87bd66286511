internal import CLessonRuntime
internal import SnippetProtocol

/// The way to the parent. Without one (a lesson started by hand) nothing is sent, and what a lesson shows is printed.
enum Channel {
  static var isOpen: Bool { walkthrough_has_channel() }

  /// Returns when the parent has taken the record. `print` writes at once while a channel is open, so that the text
  /// printed before is already with the parent.
  static func send(_ record: Record) {
    var writer = WireWriter()
    writer.write(record)
    writer.bytes.withUnsafeBufferPointer { bytes in
      if let start = bytes.baseAddress { walkthrough_send(start, bytes.count) }
    }
  }
}
