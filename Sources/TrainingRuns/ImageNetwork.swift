internal import Autodiff
internal import NeuralNetworks
internal import TensorCore

/// Classifies images `[batch, 16, 16, 1]` and redraws them, conditioned on a time.
struct ImageNetwork: Module {
  struct Output {
    var logits: Variable
    var redrawn: Variable
  }

  private static let width = 24

  private var entry: Conv2d
  private var entryNorm: GroupNorm
  private var down: Conv2d
  private var downNorm: BatchNorm
  private var attention: MultiHeadAttention
  private var attentionNorm: LayerNorm
  private var times: MLP
  private var classes: Embedding
  private var up: ConvTransposed2d
  private var exit: Conv2d
  private let timeEmbedding = SinusoidalEmbedding(width: 16)
  private let dropout = Dropout(0.2)

  init(classes count: Int, using random: inout RandomGenerator) {
    let width = Self.width
    entry = Conv2d(inputChannels: 1, outputChannels: 16, kernelSize: 3, padding: 1, using: &random)
    entryNorm = GroupNorm(groups: 4, channels: 16)
    down = Conv2d(
      inputChannels: 16, outputChannels: width, kernelSize: 3, stride: 2, padding: 1, bias: false,
      initializer: .kaimingNormal, using: &random)
    downNorm = BatchNorm(width)
    attention = MultiHeadAttention(width: width, heads: 2, using: &random)
    attentionNorm = LayerNorm(width)
    times = MLP(widths: [16, 20, width], activation: .tanh, using: &random)
    classes = Embedding(count: count, width: width, using: &random)
    up = ConvTransposed2d(
      inputChannels: width, outputChannels: 16, kernelSize: 4, stride: 2, padding: 1, using: &random)
    exit = Conv2d(inputChannels: 16, outputChannels: 1, kernelSize: 3, padding: 1, using: &random)
  }

  mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("entry", &entry)
    visitor.visit("entryNorm", &entryNorm)
    visitor.visit("down", &down)
    visitor.visit("downNorm", &downNorm)
    visitor.visit("attention", &attention)
    visitor.visit("attentionNorm", &attentionNorm)
    visitor.visit("times", &times)
    visitor.visit("classes", &classes)
    visitor.visit("up", &up)
    visitor.visit("exit", &exit)
  }

  mutating func forward(_ images: Tensor, times steps: [Int], using random: inout RandomGenerator) -> Output {
    let batch = images.shape[0]
    let width = Self.width
    let wide = entryNorm(entry(images, activation: .silu)).maxPooled(window: 2)
    let small =
      gelu(downNorm.forward(down(wide), phase: .training))
      + times(timeEmbedding(steps)).reshaped(
        to: [batch, 1, 1, width])
    let places = small.reshaped(to: [batch, 16, width])
    let attended = attentionNorm(places + attention(places)).reshaped(to: small.shape)
    let summary = dropout(
      attended.averagePooled(window: 4).reshaped(to: [batch, width]), phase: .training, using: &random)
    let logits = matmul(summary, classes.weight, transposeB: true)
    let large = leakyRelu(up(attended), slope: 0.2).upsampledNearest(factor: 2)
    return Output(logits: logits, redrawn: exit(large, activation: .tanh))
  }
}
