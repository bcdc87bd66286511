public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A network that turns latent noise into rows that should look like data: G(z), z ~ N(0, I).
public protocol Generator: Module {
  /// The numbers of one z.
  var latentWidth: Int { get }

  /// G(z): `[n, latentWidth]` to rows `[n, ...]`. As a finished network: nothing is remembered.
  func callAsFunction(_ z: Variable) -> Variable

  /// G(z) in training, where that differs: batch statistics are remembered in the module.
  mutating func forward(_ z: Variable) -> Variable
}

extension Generator {
  public mutating func forward(_ z: Variable) -> Variable { callAsFunction(z) }

  /// G(z) of given noise.
  public func callAsFunction(_ z: Tensor) -> Variable { callAsFunction(Variable(constant: z)) }

  /// z ~ N(0, I): `[count, latentWidth]`.
  public func latent(count: Int, using random: inout RandomGenerator) -> Tensor {
    random.normal(shape: [count, latentWidth])
  }

  /// Rows G(z) of fresh noise. Works in blocks, so that `count` may be large.
  public func sample(count: Int, using random: inout RandomGenerator) -> Tensor {
    latent(count: count, using: &random).mapRowBlocks { callAsFunction($0).value }
  }
}

/// A generator of points: a multilayer perceptron.
public struct MLPGenerator: Generator {
  public var network: MLP
  public var latentWidth: Int

  /// - Parameters:
  ///   - widths: from the latent noise to the rows: `[64, 128, 128, 2]`.
  ///   - activation: after every hidden layer.
  ///   - outputActivation: `.sigmoid` or `.tanh` keep rows in the range of pixels.
  ///
  /// Traps when there are fewer than two widths or one is not positive.
  public init(
    widths: [Int], activation: Activation = .relu, outputActivation: Activation = .identity,
    initializer: Initializer = .standard, using random: inout RandomGenerator
  ) {
    network = MLP(
      widths: widths, activation: activation, outputActivation: outputActivation, initializer: initializer,
      using: &random)
    latentWidth = widths[0]
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) { network.visitParameters(&visitor) }

  public func callAsFunction(_ z: Variable) -> Variable { network(z) }
}
