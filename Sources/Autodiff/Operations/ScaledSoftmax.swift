public import TensorCore

extension Variable {
  /// softmax(scale x + mask) along the last axis, fused forward and backward; see
  /// `Tensor.scaledSoftmax(scale:mask:)`.
  ///
  /// - Parameter mask: a constant of the shape of the last two axes, added to every matrix of theirs; or none.
  public func scaledSoftmax(scale: Float, mask: Tensor? = nil) -> Variable {
    let y = value.scaledSoftmax(scale: scale, mask: mask)
    return .recorded(y, from: self) { pull in
      guard pull.isDifferentiable else {
        let gradient = y.scaledSoftmaxGradient(upstream: pull.upstream.value, scale: scale)
        return pull.add(Variable(constant: gradient), to: 0)
      }
      let output = pull.output(y)
      let weighted = pull.upstream * output
      pull.add((weighted - output * weighted.sum(axis: -1, keepingDimension: true)) * scale, to: 0)
    }
  }
}
