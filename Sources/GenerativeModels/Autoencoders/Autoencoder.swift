public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A network that rebuilds its input from a short code: x -> code = encoder(x) -> decoder(code).
///
/// The decoder mirrors the encoder: widths `[784, 256, 32]` make the network 784-256-32-256-784. With the activation
/// `.identity` the network is linear, and its best reconstruction is that of principal component analysis of the same
/// width (Baldi and Hornik 1989).
public struct Autoencoder: CodedModel {
  public var encoder: MLP
  public var decoder: MLP

  /// - Parameters:
  ///   - widths: from the input to the code.
  ///   - activation: after every hidden layer.
  ///   - codeActivation: applied to the code.
  ///   - outputActivation: applied to the reconstruction: `.sigmoid` keeps it in 0...1.
  ///
  /// Traps when there are fewer than two widths or one is not positive.
  public init(
    widths: [Int], activation: Activation = .relu, codeActivation: Activation = .identity,
    outputActivation: Activation = .identity, initializer: Initializer = .standard,
    using random: inout RandomGenerator
  ) {
    encoder = MLP(
      widths: widths, activation: activation, outputActivation: codeActivation, initializer: initializer,
      using: &random)
    decoder = MLP(
      widths: widths.reversed(), activation: activation, outputActivation: outputActivation,
      initializer: initializer, using: &random)
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("encoder", &encoder)
    visitor.visit("decoder", &decoder)
  }

  /// The reconstruction of a batch: `[batch, width]` to the same shape.
  public func callAsFunction(_ x: Variable) -> Variable { decoder(encoder(x)) }

  /// The reconstruction of a batch of data.
  public func callAsFunction(_ x: Tensor) -> Variable { callAsFunction(Variable(constant: x)) }
}

extension Autoencoder {
  /// The numbers of a row.
  public var width: Int { encoder.layers[0].weight.shape[0] }

  /// The numbers of a code.
  public var featureWidth: Int { decoder.layers[0].weight.shape[0] }

  /// The codes, as what is to be known about a row.
  public func features(_ x: Variable) -> Variable { encoder(x) }

  /// The codes of rows: `[n, width]` to `[n, code width]`. Works in blocks, so that n may be large.
  public func encode(_ rows: Tensor) -> Tensor {
    requireRows(rows.shape, "rows", width: width, "Autoencoder.encode")
    return rows.mapRowBlocks { encoder($0).value }
  }

  /// The rows that codes stand for: `[n, code width]` to `[n, width]`.
  public func decode(_ codes: Tensor) -> Tensor {
    requireRows(codes.shape, "codes", width: featureWidth, "Autoencoder.decode")
    return codes.mapRowBlocks { decoder($0).value }
  }

  /// The rows rebuilt from their codes: `[n, width]` to the same shape.
  public func reconstruct(_ rows: Tensor) -> Tensor {
    requireRows(rows.shape, "rows", width: width, "Autoencoder.reconstruct")
    return rows.mapRowBlocks { self($0).value }
  }
}

extension Tensor {
  /// Applies a function of rows to blocks of rows and joins the results: what lies between two layers then fits into
  /// the cache, and memory does not grow with the data.
  package func mapRowBlocks(of size: Int = 512, _ body: (Tensor) -> Tensor) -> Tensor {
    guard rank > 0, shape[0] > size else { return body(self) }
    var blocks: [Tensor] = []
    for start in stride(from: 0, to: shape[0], by: size) {
      blocks.append(body(rows(start..<Swift.min(start + size, shape[0]))))
    }
    return .concatenated(blocks, axis: 0)
  }
}
