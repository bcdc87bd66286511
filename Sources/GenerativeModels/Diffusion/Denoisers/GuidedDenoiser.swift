internal import Autodiff
public import TensorCore

/// A conditional network under classifier-free guidance: (1 + w) f(x | label) - w f(x), which moves samples to where the
/// label is beyond doubt (Ho and Salimans 2022, arXiv 2207.12598, equation 6).
///
/// w = 0 is the conditional network itself. A larger w buys agreement with the label by diversity. The network must have
/// been trained with labels left out now and then.
public struct GuidedDenoiser<Network: ConditionalNetwork>: Denoiser {
  public let network: Network
  /// The wanted class of each row of the batch; nil leaves it open.
  public let labels: [Int?]
  /// w.
  public let weight: Float

  /// Traps when the weight is not finite.
  public init(_ network: Network, labels: [Int?], weight: Float = 0) {
    guard weight.isFinite else {
      trap("GuidedDenoiser", "the weight must be a finite number, but is " + weight.description)
    }
    self.network = network
    self.labels = labels
    self.weight = weight
  }

  /// Traps when the batch has not as many rows as there are labels.
  public func predict(_ x: Tensor, time: Double) -> Tensor {
    guard x.rank >= 1, x.shape[0] == labels.count else {
      trap("GuidedDenoiser", String(labels.count) + " labels for a batch " + describe(x.shape))
    }
    let conditional = blocks(x, time, labels)
    if weight == 0 { return conditional }
    let open = blocks(x, time, [Int?](repeating: nil, count: labels.count))
    return conditional * (1 + weight) - open * weight
  }

  private func blocks(_ x: Tensor, _ time: Double, _ labels: [Int?]) -> Tensor {
    var start = 0
    return x.mapRowBlocks { block in
      let rows = start..<start + block.shape[0]
      start = rows.upperBound
      return network(
        Variable(constant: block), times: [Double](repeating: time, count: rows.count), labels: Array(labels[rows])
      ).value
    }
  }
}
