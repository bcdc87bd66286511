internal import Glibc

/// An open file descriptor; closed when its owner goes.
struct Descriptor: ~Copyable {
  let number: Int32

  init(owning number: Int32) { self.number = number }

  deinit { if number >= 0 { close(number) } }

  enum Reading {
    case bytes([UInt8])
    case nothingNow
    case end
  }

  /// What can be read without waiting, at most 64 KiB.
  func read() -> Reading {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(number, &buffer, buffer.count)
      if count > 0 { return .bytes(Array(buffer.prefix(count))) }
      if count == 0 { return .end }
      switch errno {
      case EINTR: continue
      case EAGAIN: return .nothingNow
      default: return .end
      }
    }
  }
}

/// A call to the system that failed.
struct SystemError: Error, Equatable {
  var call: String
  var code: Int32

  init(_ call: String, code: Int32 = errno) {
    self.call = call
    self.code = code
  }

  var text: String { "\(call): \(String(cString: strerror(code)))" }
}
