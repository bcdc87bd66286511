internal import Glibc

/// The names in a folder, in the order of their bytes, so that every machine reads them alike.
struct FolderContents {
  /// Everything but folders.
  var files: [String] = []
  var folders: [String] = []

  /// Names that begin with a dot are left out.
  ///
  /// - Throws: a ``DatasetError`` when the folder is missing or not readable.
  init(path: String, remedy: String) throws(DatasetError) {
    guard let directory = opendir(path) else {
      if errno == ENOENT { throw .missingFile(path: path, remedy: remedy) }
      throw .unreadableFile(path: path, reason: systemMessage(errno))
    }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasPrefix(".") { continue }
      var status = stat()
      guard stat("\(path)/\(name)", &status) == 0 else {
        throw .unreadableFile(path: "\(path)/\(name)", reason: systemMessage(errno))
      }
      if status.st_mode & S_IFMT == S_IFDIR { folders.append(name) } else { files.append(name) }
    }
    files.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    folders.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// What the system says about an error's number.
func systemMessage(_ code: Int32) -> String {
  guard let text = strerror(code) else { return "error \(code)" }
  return String(cString: text)
}
