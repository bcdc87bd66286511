/// What can be wrong with a data set on disk. The description says what is wrong, where, and what to do about it.
public enum DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no such file. `remedy` says how to get it.
  case missingFile(path: String, remedy: String)
  /// The file is there but the system refuses to give its bytes.
  case unreadableFile(path: String, reason: String)
  /// The bytes are not what the format promises. `problem` names the place inside the file where that is known.
  case damagedFile(path: String, problem: String, remedy: String)
  /// Two files that belong together do not.
  case mismatch(problem: String, remedy: String)

  public var description: String {
    switch self {
    case .missingFile(let path, let remedy):
      "no such file: \(path)\n  \(remedy)"
    case .unreadableFile(let path, let reason):
      "cannot read \(path): \(reason)\n  check that it is a regular file and that its permissions allow reading it"
    case .damagedFile(let path, let problem, let remedy):
      "\(path) is damaged: \(problem)\n  \(remedy)"
    case .mismatch(let problem, let remedy):
      "\(problem)\n  \(remedy)"
    }
  }
}
