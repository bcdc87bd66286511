public import Autodiff
public import TensorCore

/// A network or a part of one: a value with parameters to learn.
///
/// At rest the parameters are constants, so that applying a module records nothing. ``valueAndGradient(at:_:)`` hands
/// its function a copy whose parameters are tracked.
///
/// A module of your own lists its parameters and parts once:
///
/// ```swift
/// struct Denoiser: Module {
///   var first: Linear
///   var second: Linear
///
///   mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
///     visitor.visit("first", &first)
///     visitor.visit("second", &second)
///   }
///
///   func callAsFunction(_ x: Variable) -> Variable { second(relu(first(x))) }
/// }
/// ```
public protocol Module {
  /// Shows every parameter and every part to the visitor, always in the same order.
  mutating func visitParameters(_ visitor: inout some ParameterVisitor)
}

/// Something that is done with each parameter of a module: track it, count it, update it, save it.
public protocol ParameterVisitor {
  /// Visits one parameter.
  mutating func visit(_ name: String, _ parameter: inout Variable)

  /// Visits a buffer: a tensor that belongs to the module's state but is not learned by descent, such as the running
  /// statistics of ``BatchNorm``. Most visitors pass over it; saving and loading do not.
  mutating func visit(buffer name: String, _ tensor: inout Tensor)

  /// Enters and leaves a part. What is visited in between belongs to it.
  mutating func enter(_ name: String)
  mutating func leave()
}

extension ParameterVisitor {
  public mutating func visit(buffer name: String, _ tensor: inout Tensor) {}
  public mutating func enter(_ name: String) {}
  public mutating func leave() {}

  /// Visits a parameter that a layer may do without, if it is there.
  public mutating func visit(_ name: String, _ parameter: inout Variable?) {
    // Taken out, so that the visitor finds the value in one place only and can change it in its memory.
    guard var present = parameter.take() else { return }
    visit(name, &present)
    parameter = present
  }

  /// Visits all parameters of a part.
  public mutating func visit(_ name: String, _ part: inout some Module) {
    enter(name)
    part.visitParameters(&self)
    leave()
  }

  /// Visits all parameters of a list of parts, named by their places: `layers.0`, `layers.1`.
  public mutating func visit(_ name: String, _ parts: inout [some Module]) {
    enter(name)
    for index in parts.indices { visit(String(index), &parts[index]) }
    leave()
  }
}

extension Module {
  /// Calls `body` with every parameter, in visiting order.
  public mutating func forEachParameter(_ body: (inout Variable) -> Void) {
    withoutActuallyEscaping(body) { body in
      var visitor = ClosureVisitor(body: body)
      visitParameters(&visitor)
    }
  }

  /// The values of all parameters, in visiting order.
  public var parameters: [Tensor] {
    var copy = self
    var values: [Tensor] = []
    copy.forEachParameter { values.append($0.value) }
    return values
  }

  /// The dotted names of all parameters, in visiting order: `encoder.layers.0.weight`.
  public var parameterNames: [String] {
    var copy = self
    var visitor = NamingVisitor()
    copy.visitParameters(&visitor)
    return visitor.names
  }

  /// How many numbers there are to learn.
  public var parameterCount: Int {
    var total = 0
    for parameter in parameters { total += parameter.count }
    return total
  }

  /// A copy whose parameters are leaves that gradients can be taken at, with those leaves in visiting order.
  package func tracked() -> (module: Self, leaves: [Variable]) {
    var copy = self
    var leaves: [Variable] = []
    copy.forEachParameter { parameter in
      parameter = Variable(parameter.value)
      leaves.append(parameter)
    }
    return (copy, leaves)
  }
}

private struct ClosureVisitor: ParameterVisitor {
  let body: (inout Variable) -> Void

  mutating func visit(_ name: String, _ parameter: inout Variable) { body(&parameter) }
}

/// Gathers dotted names.
struct NamingVisitor: ParameterVisitor {
  private(set) var names: [String] = []
  private var path: [String] = []

  mutating func enter(_ name: String) { path.append(name) }
  mutating func leave() { path.removeLast() }

  mutating func visit(_ name: String, _ parameter: inout Variable) {
    var full = ""
    for part in path { full += part + "." }
    names.append(full + name)
  }
}
