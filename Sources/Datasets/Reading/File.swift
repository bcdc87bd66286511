internal import Glibc

/// The bytes of a whole file, owned by one object and freed with it.
final class FileContents {
  let bytes: UnsafeRawBufferPointer

  /// Reads the file at `path`.
  ///
  /// - Throws: ``DatasetError/missingFile(path:remedy:)`` with the given remedy, or
  ///   ``DatasetError/unreadableFile(path:reason:)`` when it is a directory, is not permitted, or exceeds `limit` bytes.
  init(path: String, remedy: String, limit: Int = 1 << 30) throws(DatasetError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 {
      if errno == ENOENT || errno == ENOTDIR { throw .missingFile(path: path, remedy: remedy) }
      throw .unreadableFile(path: path, reason: systemMessage(errno))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadableFile(path: path, reason: systemMessage(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadableFile(path: path, reason: "it is not a regular file")
    }
    let size = Int(status.st_size)
    guard size <= limit else {
      throw .unreadableFile(path: path, reason: "its \(size) bytes are more than the limit of \(limit)")
    }
    let storage = UnsafeMutableRawBufferPointer.allocate(byteCount: max(size, 1), alignment: 16)
    var count = 0
    while count < size {
      let got = read(descriptor, storage.baseAddress?.advanced(by: count), size - count)
      if got < 0 && errno == EINTR { continue }
      if got <= 0 {
        let reason = got < 0 ? systemMessage(errno) : "it shrank while it was being read"
        storage.deallocate()
        throw .unreadableFile(path: path, reason: reason)
      }
      count += got
    }
    bytes = UnsafeRawBufferPointer(rebasing: storage[..<size])
  }

  deinit {
    bytes.baseAddress?.deallocate()
  }
}

/// The value of an environment variable, or nil when it is unset or empty.
func environmentValue(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}
