public import TensorCore

/// Named tensors in the safetensors format: 8 bytes with the length of a header, little-endian; the header, JSON, with
/// the format, the shape and the place of each tensor; the tensors, one after another
/// (https://github.com/huggingface/safetensors).
///
/// ```swift
/// try Safetensors(of: model).write(to: "model.safetensors")
/// try model.load(Safetensors(contentsOf: "model.safetensors"))
/// ```
///
/// Trap between libraries: the weights of dense layers are `[in, out]` here and `[out, in]` in PyTorch. They are stored
/// as they are; ``transposingMatrices(where:)`` turns one layout into the other.
public struct Safetensors: Sendable, Equatable {
  /// A tensor and its name, `encoder.layers.0.weight`.
  public struct Entry: Sendable, Equatable {
    public var name: String
    public var tensor: Tensor

    public init(name: String, tensor: Tensor) {
      self.name = name
      self.tensor = tensor
    }
  }

  /// The tensors, in the order in which they are stored.
  public var entries: [Entry]
  /// Free text about the file. Written in the order of the keys.
  public var metadata: [String: String]

  /// Traps when a name stands twice or is `__metadata__`.
  public init(_ entries: [Entry], metadata: [String: String] = [:]) {
    var names: Set = ["__metadata__"]
    for entry in entries where !names.insert(entry.name).inserted {
      trap("Safetensors", "the name " + quoted(entry.name) + " is taken")
    }
    self.entries = entries
    self.metadata = metadata
  }

  /// The tensor of that name, or nil.
  public subscript(name: String) -> Tensor? {
    for entry in entries where entry.name == name { return entry.tensor }
    return nil
  }

  /// The same with the matrices of the chosen names transposed: from PyTorch's layout of dense layers to this
  /// project's, or back. Leave embeddings out: both agree on them.
  public func transposingMatrices(where isChosen: (String) -> Bool) -> Safetensors {
    var result = self
    for index in result.entries.indices where isChosen(entries[index].name) && entries[index].tensor.rank == 2 {
      result.entries[index].tensor = entries[index].tensor.transposed()
    }
    return result
  }
}
