internal import Glibc

/// The few file operations that a safe swap needs, each of which fails with the system's own reason.
enum SystemCall {
  struct Failure: Error, Equatable {
    /// What was tried, such as `write site/index.html`.
    var action: String
    var code: Int32

    var reason: String { String(cString: strerror(code)) }
  }

  static func makeFolder(_ path: String) throws(Failure) {
    guard mkdir(path, 0o755) == 0 else { throw Failure(action: "make the folder \(path)", code: errno) }
  }

  /// Writes a new file and does not return before the disk has it.
  static func write(_ content: [UInt8], to path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure(action: "write \(path)", code: errno) }
    defer { close(descriptor) }
    var written = 0
    while written < content.count {
      let count = content.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), content.count - written)
      }
      if count >= 0 { written += count } else if errno != EINTR { throw Failure(action: "write \(path)", code: errno) }
    }
    guard fsync(descriptor) == 0 else { throw Failure(action: "write \(path)", code: errno) }
  }

  /// Does not return before the disk has the folder's entries.
  static func syncFolder(_ path: String) throws(Failure) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(action: "open \(path)", code: errno) }
    defer { close(descriptor) }
    // Some file systems cannot sync folders; there is nothing more to do for them.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw Failure(action: "sync \(path)", code: errno) }
  }

  static func move(_ source: String, to destination: String) throws(Failure) {
    guard rename(source, destination) == 0 else {
      throw Failure(action: "rename \(source) to \(destination)", code: errno)
    }
  }

  private typealias Renameat2 =
    @convention(c) (CInt, UnsafePointer<CChar>, CInt, UnsafePointer<CChar>, CUnsignedInt) -> CInt

  /// Exchanges two folders in one step; false where the system or the file system cannot.
  static func exchange(_ first: String, _ second: String) throws(Failure) -> Bool {
    // Glibc declares this Linux call for GNU sources only, which the importer does not ask for, so it is looked up.
    guard let symbol = dlsym(nil, "renameat2") else { return false }
    let renameat2 = unsafeBitCast(symbol, to: Renameat2.self)
    let exchangeFlag: CUnsignedInt = 2
    if renameat2(AT_FDCWD, first, AT_FDCWD, second, exchangeFlag) == 0 { return true }
    if errno == EINVAL || errno == ENOSYS { return false }
    throw Failure(action: "exchange \(first) and \(second)", code: errno)
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isRunning(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno == EPERM }

  static var currentProcess: Int32 { getpid() }
}
