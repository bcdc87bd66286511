public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A network that says, of sequences with tokens missing or wrong, how likely each token is at each place.
public protocol TokenNetwork: Module {
  /// - Parameters:
  ///   - tokens: the sequences, row after row, `[n * length]`.
  ///   - length: of one sequence.
  ///   - times: the time of each sequence, 0 whole and 1 lost.
  /// - Returns: the logits of x_0's tokens, `[n * length, categories]`.
  func callAsFunction(_ tokens: [Int], length: Int, times: [Double]) -> Variable
}

/// A small Transformer that looks at the whole sequence at once (Vaswani et al. 2017, arXiv 1706.03762, with the
/// normalization before each part).
public struct TokenTransformer: TokenNetwork {
  public var tokens: Embedding
  public var positions: Embedding
  public var time: Linear
  public var blocks: [TransformerBlock]
  public var norm: LayerNorm
  public var output: Linear
  public let embedding: SinusoidalEmbedding

  /// - Parameters:
  ///   - categories: of the tokens that it is shown, the mask among them.
  ///   - outputs: how many of them, the first ones, it may answer.
  ///   - length: of the longest sequence.
  public init(
    categories: Int, outputs: Int, length: Int, width: Int = 64, heads: Int = 4, depth: Int = 2,
    using random: inout RandomGenerator
  ) {
    embedding = SinusoidalEmbedding(width: 32)
    tokens = Embedding(count: categories, width: width, using: &random)
    positions = Embedding(count: length, width: width, using: &random)
    time = Linear(32, width, using: &random)
    blocks = []
    for _ in 0..<depth { blocks.append(TransformerBlock(width: width, heads: heads, using: &random)) }
    norm = LayerNorm(width)
    output = Linear(width, outputs, using: &random)
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("tokens", &tokens)
    visitor.visit("positions", &positions)
    visitor.visit("time", &time)
    visitor.visit("blocks", &blocks)
    visitor.visit("norm", &norm)
    visitor.visit("output", &output)
  }

  public func callAsFunction(_ tokens: [Int], length: Int, times: [Double]) -> Variable {
    guard length >= 1, length <= positions.weight.shape[0], tokens.count == times.count * length else {
      trap(
        "TokenTransformer",
        String(tokens.count) + " tokens are not " + String(times.count) + " sequences of the length " + String(length)
          + ", at most " + String(positions.weight.shape[0]))
    }
    let (count, width) = (times.count, self.tokens.weight.shape[1])
    let places = positions(Array(0..<length)).reshaped(to: [1, length, width])
    let moment = time(embedding(times.map { 1000 * $0 })).reshaped(to: [count, 1, width])
    var h = self.tokens(tokens).reshaped(to: [count, length, width]) + places + moment
    for block in blocks { h = block(h) }
    return output(norm(h).reshaped(to: [count * length, width]))
  }
}

/// Attention and a two-layer perceptron, each added to its input.
public struct TransformerBlock: Module {
  public var attentionNorm: LayerNorm
  public var attention: MultiHeadAttention
  public var norm: LayerNorm
  public var first: Linear
  public var second: Linear

  public init(width: Int, heads: Int, using random: inout RandomGenerator) {
    attentionNorm = LayerNorm(width)
    attention = MultiHeadAttention(width: width, heads: heads, using: &random)
    norm = LayerNorm(width)
    first = Linear(width, 4 * width, using: &random)
    second = Linear(4 * width, width, using: &random)
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("attentionNorm", &attentionNorm)
    visitor.visit("attention", &attention)
    visitor.visit("norm", &norm)
    visitor.visit("first", &first)
    visitor.visit("second", &second)
  }

  /// `[batch, places, width]` to the same shape.
  public func callAsFunction(_ x: Variable) -> Variable {
    let h = x + attention(attentionNorm(x))
    let flat = norm(h).reshaped(to: [x.shape[0] * x.shape[1], x.shape[2]])
    return h + second(first(flat, activation: .gelu)).reshaped(to: x.shape)
  }
}
