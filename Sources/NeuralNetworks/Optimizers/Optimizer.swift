internal import Autodiff
public import TensorCore

/// Moves a model's parameters against their gradients.
///
/// An optimizer keeps its state (moments, the number of steps) for one model; using it for another traps.
public protocol Optimizer {
  /// The learning rate as a function of the steps taken.
  var learningRate: LearningRate { get set }
  /// The steps taken so far.
  var step: Int { get }
  /// What is remembered from step to step. Setting it traps when it belongs to another kind of optimizer.
  var state: OptimizerState { get set }
  /// Takes one step.
  mutating func update<Model: Module>(_ model: inout Model, with gradients: Gradients)
}

/// What an optimizer remembers from step to step: with the settings it was made with, all there is to it.
public struct OptimizerState: Sendable, Equatable {
  /// The steps taken so far.
  public var step: Int
  /// One list for each kind of moment: m and v of Adam, the velocities of SGD. A list is empty before the first step,
  /// and afterwards has one tensor for each parameter, of the parameter's shape.
  public var moments: [[Tensor]]

  public init(step: Int, moments: [[Tensor]]) {
    self.step = step
    self.moments = moments
  }
}

/// Visits the parameters of a model together with their gradients.
struct UpdateVisitor: ParameterVisitor {
  let gradients: [Tensor]
  let body: (Int, inout Tensor, Tensor) -> Void
  private(set) var index = 0

  init(gradients: [Tensor], body: @escaping (Int, inout Tensor, Tensor) -> Void) {
    self.gradients = gradients
    self.body = body
  }

  mutating func visit(_ name: String, _ parameter: inout Variable) {
    guard index < gradients.count else {
      trap(
        "Optimizer.update", "the model has more than the " + String(gradients.count) + " parameters of the gradients")
    }
    let gradient = gradients[index]
    parameter.update { value in
      guard value.shape == gradient.shape else {
        trap(
          "Optimizer.update",
          "the parameter " + name + " " + describe(value.shape) + " has a gradient " + describe(gradient.shape))
      }
      body(index, &value, gradient)
    }
    index += 1
  }
}

extension Module {
  /// Calls `body` with the place, the value and the gradient of each parameter; the value can be changed in place.
  mutating func update(with gradients: Gradients, _ body: (Int, inout Tensor, Tensor) -> Void) {
    withoutActuallyEscaping(body) { body in
      var visitor = UpdateVisitor(gradients: gradients.tensors, body: body)
      visitParameters(&visitor)
      guard visitor.index == gradients.tensors.count else {
        trap(
          "Optimizer.update",
          String(gradients.tensors.count) + " gradients for a model of " + String(visitor.index) + " parameters")
      }
    }
  }
}
