#if !hasFeature(Embedded)
  internal import Glibc

  extension Safetensors {
    /// Reads a file.
    ///
    /// - Throws: ``WeightsError/file(path:reason:)`` when it cannot be read or has more than `limit` bytes, and what
    ///   ``init(decoding:)`` throws.
    public init(contentsOf path: String, limit: Int = 4 << 30) throws(WeightsError) {
      try self.init(decoding: readFile(path, limit: limit))
    }

    /// Writes a file: beside its place first and then moved there, so that no half-written file is left under its name.
    ///
    /// - Throws: ``WeightsError/file(path:reason:)`` when the system refuses.
    public func write(to path: String) throws(WeightsError) {
      let draft = path + ".partial"
      do {
        try writeFile(encoded(), draft, for: path)
      } catch {
        unlink(draft)
        throw error
      }
      guard rename(draft, path) == 0 else {
        let reason = systemReason()
        unlink(draft)
        throw .file(path: path, reason: reason)
      }
    }
  }

  private func readFile(_ path: String, limit: Int) throws(WeightsError) -> [UInt8] {
    // Without O_NONBLOCK opening a pipe would wait for its other end.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .file(path: path, reason: systemReason()) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .file(path: path, reason: systemReason()) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .file(path: path, reason: "it is not a regular file") }
    let size = Int(status.st_size)
    guard size <= limit else {
      throw .file(path: path, reason: String(size) + " bytes are more than the limit of " + String(limit))
    }
    var problem: String?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
        if got < 0 && errno == EINTR { continue }
        if got <= 0 {
          problem = got < 0 ? systemReason() : "it shrank while it was being read"
          return
        }
        count += got
      }
    }
    if let problem { throw .file(path: path, reason: problem) }
    return bytes
  }

  private func writeFile(_ bytes: [UInt8], _ draft: String, for path: String) throws(WeightsError) {
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .file(path: path, reason: systemReason()) }
    var problem: String?
    bytes.withUnsafeBytes { buffer in
      var count = 0
      while count < buffer.count, problem == nil {
        let put = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
        if put < 0 && errno == EINTR { continue }
        if put < 0 { problem = systemReason() } else { count += put }
      }
    }
    if close(descriptor) != 0 { problem = problem ?? systemReason() }
    if let problem { throw .file(path: path, reason: problem) }
  }

  private func systemReason() -> String {
    let code = errno
    guard let text = strerror(code) else { return "error " + String(code) }
    return String(cString: text)
  }
#endif
