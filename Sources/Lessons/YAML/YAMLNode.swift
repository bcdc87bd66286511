/// A YAML value that owns its text and knows where it stands.
struct YAMLNode {
  struct Entry {
    var key: YAMLNode
    var value: YAMLNode
  }

  enum Kind {
    /// `isPlain` when neither quoted nor a block: only then can it be a number or a truth value.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  var kind: Kind
  /// Byte offsets in the parsed text.
  var range: Range<Int>

  /// What a person would call it.
  var description: String {
    switch kind {
    case .scalar(let text, isPlain: true):
      switch text {
      case "", "~", "null": "nothing"
      case "true", "false": "a truth value"
      case _ where Double(text) != nil: "a number"
      default: "text"
      }
    case .scalar: "text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// Why a text is no YAML that a lesson may hold.
struct YAMLProblem: Error {
  var message: String
  /// Byte offset in the parsed text.
  var offset: Int
}
