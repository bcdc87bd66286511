public import Autodiff
public import TensorCore

/// Attention of several heads: each attends in its own part of the projected width, and a last projection mixes them
/// (Vaswani et al. 2017, arXiv 1706.03762, section 3.2.2). One head is plain attention with projections.
///
/// PyTorch's `MultiheadAttention` keeps the first three weights stacked and transposed, as `in_proj_weight`.
public struct MultiHeadAttention: Module {
  public var query: Linear
  public var key: Linear
  public var value: Linear
  public var output: Linear
  public let heads: Int

  /// Projections with Glorot's uniform weights and no offset. Traps unless the width can be divided among the heads.
  public init(width: Int, heads: Int, using random: inout RandomGenerator) {
    guard width > 0, heads > 0, width % heads == 0 else {
      trap("MultiHeadAttention", "a width of " + String(width) + " cannot be divided among " + String(heads) + " heads")
    }
    query = Linear(width, width, initializer: .xavierUniform, using: &random)
    key = Linear(width, width, initializer: .xavierUniform, using: &random)
    value = Linear(width, width, initializer: .xavierUniform, using: &random)
    output = Linear(width, width, initializer: .xavierUniform, using: &random)
    self.heads = heads
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("query", &query)
    visitor.visit("key", &key)
    visitor.visit("value", &value)
    visitor.visit("output", &output)
  }

  /// What the places of x find in `context`: `[batch, places, width]` to the same shape.
  ///
  /// - Parameters:
  ///   - x: where the queries come from, `[batch, places, width]`.
  ///   - context: where the keys and values come from, `[batch, others, width]`; x itself if nil (self-attention).
  ///   - mask: as in ``attention(query:key:value:mask:)``, `[places, others]`.
  public func callAsFunction(_ x: Variable, context: Variable? = nil, mask: Tensor? = nil) -> Variable {
    let source = context ?? x
    let width = query.weight.shape[0]
    guard x.shape.count == 3, source.shape.count == 3, x.shape[0] == source.shape[0], x.shape[2] == width,
      source.shape[2] == width
    else {
      trap(
        "MultiHeadAttention",
        "the input " + describe(x.shape) + " and the context " + describe(source.shape)
          + " are not [batch, places, " + String(width) + "]")
    }
    let found = attention(
      query: split(x, query), key: split(source, key), value: split(source, value), mask: mask)
    let (batch, places) = (x.shape[0], x.shape[1])
    let joined = found.reshaped(to: [batch, heads, places, width / heads]).permuted([0, 2, 1, 3])
    return output(joined.reshaped(to: [batch * places, width])).reshaped(to: x.shape)
  }

  /// The same for a batch of data.
  public func callAsFunction(_ x: Tensor, mask: Tensor? = nil) -> Variable {
    callAsFunction(Variable(constant: x), mask: mask)
  }

  /// Projects and puts the heads beside the batch: `[batch heads, places, width / heads]`.
  private func split(_ x: Variable, _ projection: Linear) -> Variable {
    let (batch, places, width) = (x.shape[0], x.shape[1], x.shape[2])
    let projected = projection(x.reshaped(to: [batch * places, width]))
    return projected.reshaped(to: [batch, places, heads, width / heads]).permuted([0, 2, 1, 3])
      .reshaped(to: [batch * heads, places, width / heads])
  }
}
