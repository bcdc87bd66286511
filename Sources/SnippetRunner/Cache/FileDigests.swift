internal import Foundation
internal import Glibc

/// Digests of files, remembered by size and time of change, so that an unchanged file is read once.
actor FileDigests {
  private struct Entry: Equatable {
    var size: Int
    var modified: Int
    var inode: UInt64
    var digest: Digest
  }

  private let file: String?
  private var entries: [String: Entry] = [:]

  /// - Parameter file: where the digests are remembered; nil: nowhere. A damaged line in it is forgotten.
  init(file: String?) {
    self.file = file
    for line in (file.flatMap { try? String(contentsOfFile: $0, encoding: .utf8) } ?? "").split(separator: "\n") {
      let fields = line.split(separator: "\t", maxSplits: 4)
      guard fields.count == 5, let digest = Digest(fields[0]), let size = Int(fields[1]), let modified = Int(fields[2]),
        let inode = UInt64(fields[3])
      else { continue }
      entries[String(fields[4])] = Entry(size: size, modified: modified, inode: inode, digest: digest)
    }
  }

  /// Nil when the file cannot be read.
  func digest(of path: String) -> Digest? {
    let file = Descriptor(owning: open(path, O_RDONLY | O_CLOEXEC))
    var status = stat()
    guard file.number >= 0, fstat(file.number, &status) == 0 else { return nil }
    let modified = Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
    let (size, inode) = (Int(status.st_size), UInt64(status.st_ino))
    if let entry = entries[path], entry.size == size, entry.modified == modified, entry.inode == inode {
      return entry.digest
    }
    guard let digest = Self.digest(of: file) else { return nil }
    // A file that changed just now may change again within the same tick of its clock.
    if time(nil) - status.st_mtim.tv_sec > 2 {
      entries[path] = Entry(size: size, modified: modified, inode: inode, digest: digest)
      save()
    }
    return digest
  }

  private static func digest(of file: borrowing Descriptor) -> Digest? {
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(file.number, &buffer, buffer.count)
      if count == 0 { return hash.finish() }
      if count > 0 {
        buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
      } else if errno != EINTR {
        return nil
      }
    }
  }

  private func save() {
    guard let file else { return }
    let lines = entries.sorted { $0.key < $1.key }.map { path, entry in
      "\(entry.digest)\t\(entry.size)\t\(entry.modified)\t\(entry.inode)\t\(path)\n"
    }
    try? AtomicFile.write(Array(lines.joined().utf8), to: file)
  }
}

/// Writes a file whole or not at all: into a new file beside it, then renamed.
enum AtomicFile {
  static func write(_ bytes: [UInt8], to path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url, options: .atomic)
  }
}
