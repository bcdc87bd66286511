public import Autodiff
public import TensorCore

extension Module {
  /// The buffers (``ParameterVisitor/visit(buffer:_:)``), in visiting order.
  public var buffers: [Tensor] {
    var copy = self
    var visitor = BufferGatherer()
    copy.visitParameters(&visitor)
    return visitor.buffers
  }

  /// Takes over the buffers of another module of the same structure, and leaves the parameters as they are.
  ///
  /// Traps when the numbers of buffers or their shapes differ.
  public mutating func copyBuffers(from other: Self) {
    var visitor = BufferSetter(buffers: other.buffers)
    visitParameters(&visitor)
    guard visitor.index == visitor.buffers.count else {
      trap("copyBuffers", String(visitor.buffers.count) + " buffers for a module of " + String(visitor.index))
    }
  }
}

/// A module's loss and gradients, for modules with buffers that the loss brings up to date.
///
/// As `valueAndGradient(at:_:)`, but the function may change its copy of the model, and the buffers of the copy are
/// kept:
///
/// ```swift
/// let (loss, gradients) = valueAndGradient(updatingBuffersOf: &model) { model in
///   meanSquaredError(model.forward(x, phase: .training), y)
/// }
/// ```
///
/// - Parameters:
///   - model: the point at which to differentiate. Its parameters are left as they are.
///   - loss: computes a variable of one element from a copy of the model whose parameters are tracked.
/// - Returns: the loss, and the gradients in the model's visiting order.
public func valueAndGradient<Model: Module>(
  updatingBuffersOf model: inout Model, _ loss: (inout Model) -> Variable
) -> (value: Float, gradients: Gradients) {
  var changed: Model?
  let result = valueAndGradient(at: model) { tracked in
    var copy = tracked
    let output = loss(&copy)
    changed = copy
    return output
  }
  if let changed { model.copyBuffers(from: changed) }
  return result
}

private struct BufferGatherer: ParameterVisitor {
  private(set) var buffers: [Tensor] = []

  mutating func visit(_ name: String, _ parameter: inout Variable) {}
  mutating func visit(buffer name: String, _ tensor: inout Tensor) { buffers.append(tensor) }
}

private struct BufferSetter: ParameterVisitor {
  let buffers: [Tensor]
  private(set) var index = 0

  init(buffers: [Tensor]) { self.buffers = buffers }

  mutating func visit(_ name: String, _ parameter: inout Variable) {}

  mutating func visit(buffer name: String, _ tensor: inout Tensor) {
    guard index < buffers.count, buffers[index].shape == tensor.shape else {
      trap("copyBuffers", "the buffer " + name + " " + describe(tensor.shape) + " has no counterpart of its shape")
    }
    tensor = buffers[index]
    index += 1
  }
}
