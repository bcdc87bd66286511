/// What can be wrong with a file of weights, or between the file and a model. The description says what, and where.
public enum WeightsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The system refuses the file.
  case file(path: String, reason: String)
  /// The bytes are not what the format promises.
  case damaged(String)
  /// The file is sound, but holds something that this reader does not know.
  case unsupported(String)
  /// The file is sound, but does not belong to the model.
  case mismatch(String)

  public var description: String {
    switch self {
    case .file(let path, let reason): "cannot access " + path + ": " + reason
    case .damaged(let problem): "the safetensors file is damaged: " + problem
    case .unsupported(let problem): "the safetensors file cannot be read: " + problem
    case .mismatch(let problem): "the weights do not fit the model: " + problem
    }
  }
}
