internal import Foundation

/// One line at the bottom of a terminal that is rewritten in place; nothing at all elsewhere.
struct StatusLine {
  private let terminal: Terminal
  private let descriptor: Int32
  private var isShown = false

  init(terminal: Terminal, descriptor: Int32) {
    self.terminal = terminal
    self.descriptor = descriptor
  }

  mutating func show(_ text: String) {
    guard terminal.isInteractive else { return }
    // Cut, never wrapped: a wrapped line could not be erased by a carriage return.
    emit("\r\u{1B}[2K" + String(text.prefix(terminal.columns - 1)))
    isShown = true
  }

  /// Takes the line away, so that what is printed next starts at the left.
  mutating func clear() {
    guard isShown else { return }
    emit("\r\u{1B}[2K")
    isShown = false
  }

  private func emit(_ text: String) { StandardOutput.write(text, to: descriptor) }
}

/// Unbuffered output, so that text from lessons and from the command keep their order.
enum StandardOutput {
  static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) { write(Array(text.utf8), to: descriptor) }

  static func write(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count > 0 {
          rest = rest.dropFirst(count)
        } else if errno != EINTR {
          return  // Nobody reads any more; there is no one left to tell.
        }
      }
    }
  }
}
