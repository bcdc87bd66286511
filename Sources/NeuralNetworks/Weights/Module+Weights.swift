internal import Autodiff
internal import TensorCore

extension Safetensors {
  /// All parameters and buffers of a module, under their dotted names.
  public init(of module: some Module, metadata: [String: String] = [:]) {
    var copy = module
    var visitor = WeightGatherer()
    copy.visitParameters(&visitor)
    self.init(visitor.entries, metadata: metadata)
  }
}

extension Module {
  /// Takes all parameters and buffers from the file.
  ///
  /// - Throws: ``WeightsError/mismatch(_:)`` when a name is missing, is left over, or has another shape. The module is
  ///   unchanged then.
  public mutating func load(_ weights: Safetensors) throws(WeightsError) {
    var copy = self
    var tensors: [String: Tensor] = [:]
    for entry in weights.entries { tensors[entry.name] = entry.tensor }
    var visitor = WeightSetter(tensors: tensors)
    copy.visitParameters(&visitor)
    if let problem = visitor.problem { throw .mismatch(problem) }
    if let name = visitor.tensors.keys.min() {
      throw .mismatch("the file's tensor " + quoted(name) + " is not in the model")
    }
    self = copy
  }
}

/// The dotted path of what is being visited.
private struct NamePath {
  private var parts: [String] = []

  mutating func enter(_ name: String) { parts.append(name) }
  mutating func leave() { parts.removeLast() }

  func name(_ last: String) -> String {
    var full = ""
    for part in parts { full += part + "." }
    return full + last
  }
}

private struct WeightGatherer: ParameterVisitor {
  private(set) var entries: [Safetensors.Entry] = []
  private var path = NamePath()

  mutating func enter(_ name: String) { path.enter(name) }
  mutating func leave() { path.leave() }

  mutating func visit(_ name: String, _ parameter: inout Variable) {
    entries.append(Safetensors.Entry(name: path.name(name), tensor: parameter.value))
  }

  mutating func visit(buffer name: String, _ tensor: inout Tensor) {
    entries.append(Safetensors.Entry(name: path.name(name), tensor: tensor))
  }
}

private struct WeightSetter: ParameterVisitor {
  /// What has not been asked for yet.
  private(set) var tensors: [String: Tensor]
  /// The first thing that did not fit.
  private(set) var problem: String?
  private var path = NamePath()

  init(tensors: [String: Tensor]) { self.tensors = tensors }

  mutating func enter(_ name: String) { path.enter(name) }
  mutating func leave() { path.leave() }

  mutating func visit(_ name: String, _ parameter: inout Variable) {
    if let found = take(name, parameter.shape) { parameter = Variable(constant: found) }
  }

  mutating func visit(buffer name: String, _ tensor: inout Tensor) {
    if let found = take(name, tensor.shape) { tensor = found }
  }

  private mutating func take(_ name: String, _ shape: [Int]) -> Tensor? {
    let full = path.name(name)
    guard let found = tensors.removeValue(forKey: full) else {
      problem = problem ?? "the file has no tensor " + quoted(full) + " " + describe(shape)
      return nil
    }
    guard found.shape == shape else {
      problem =
        problem ?? "the tensor " + quoted(full) + " is " + describe(found.shape) + " in the file and "
        + describe(shape) + " in the model"
      return nil
    }
    return found
  }
}
