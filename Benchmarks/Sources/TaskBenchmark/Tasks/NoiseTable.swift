import NeuralNetworks
import TensorCore

/// The constants of a diffusion of T steps with betas from 1e-4 to 0.1, and the embeddings of its times.
struct NoiseTable {
  static let steps = 100
  let beta: [Float]
  let alpha: [Float]
  /// sqrt(abar_t) and sqrt(1 - abar_t), `[T, 1]`.
  let signal: Tensor
  let noise: Tensor
  /// The posterior's standard deviations.
  let deviation: [Float]
  /// `[T, 32]`.
  let embeddings: Tensor

  init() {
    let count = NoiseTable.steps
    let beta = (0..<count).map { 1e-4 + (0.1 - 1e-4) * Double($0) / Double(count - 1) }
    var alphaBar: [Double] = []
    for value in beta { alphaBar.append((alphaBar.last ?? 1) * (1 - value)) }
    self.beta = beta.map { Float($0) }
    alpha = beta.map { Float(1 - $0) }
    signal = Tensor(alphaBar.map { Float($0.squareRoot()) }, shape: [count, 1])
    noise = Tensor(alphaBar.map { Float((1 - $0).squareRoot()) }, shape: [count, 1])
    deviation = (0..<count).map { (t: Int) -> Float in
      if t == 0 { return 0 }
      let variance = beta[t] * (1 - alphaBar[t - 1]) / (1 - alphaBar[t])
      return Float(variance.squareRoot())
    }
    embeddings = SinusoidalEmbedding(width: 32)((0..<count).map { Double($0) * 1000 / Double(count) })
  }
}
