public import Autodiff
public import TensorCore

/// Scaled dot-product attention: softmax(q k^T / sqrt(width) + mask) v, where the softmax runs over the keys (Vaswani et
/// al. 2017, arXiv 1706.03762, equation 1).
///
/// - Parameters:
///   - query: q, `[batch, queries, width]`.
///   - key: k, `[batch, keys, width]`.
///   - value: v, `[batch, keys, value width]`.
///   - mask: added to the scores, `[queries, keys]` or any shape that broadcasts to `[batch, queries, keys]`: 0 where a
///     query may look, minus infinity where it may not. A query that may look nowhere gives NaN.
/// - Returns: `[batch, queries, value width]`.
///
/// Traps when the shapes do not fit each other.
public func attention(query: Variable, key: Variable, value: Variable, mask: Tensor? = nil) -> Variable {
  guard query.shape.count == 3, key.shape.count == 3, value.shape.count == 3,
    query.shape[2] == key.shape[2], key.shape[1] == value.shape[1]
  else {
    trap(
      "attention",
      "the query " + describe(query.shape) + ", the key " + describe(key.shape) + " and the value "
        + describe(value.shape) + " do not fit each other")
  }
  let scores = batchedMatmul(query, key, transposeB: true)
  let scale = 1 / Float(query.shape[2]).squareRoot()
  guard let mask, mask.shape != [query.shape[1], key.shape[1]] else {
    return batchedMatmul(scores.scaledSoftmax(scale: scale, mask: mask), value)
  }
  return batchedMatmul((scores * scale + mask).softmax(axis: -1), value)
}

/// The mask under which place i sees the places 0...i only: `[length, length]`, minus infinity above the diagonal.
public func causalMask(_ length: Int) -> Tensor {
  Tensor(shape: [length, length]) { mask in
    for index in mask.indices { mask[index] = index % length > index / length ? -.infinity : 0 }
  }
}
