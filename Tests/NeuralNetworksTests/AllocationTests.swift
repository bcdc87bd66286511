import Autodiff
import NeuralNetworks
import TensorCore
import TestSupport
import Testing

/// After two steps of training every buffer comes out of the pool: a step takes no memory from the system.
///
/// What a step needs must have been there in the steps before, whoever of the threads was quicker; so the scratch of
/// all threads counts too. The pool and the number of threads belong to the whole process, so each training has a
/// process of its own.
@Suite struct AllocationTests {
  @Test(arguments: [1, 2]) func denseLayersAndAdam(_ threads: Int) async {
    await #expect(processExitsWith: .success) { [threads] in
      var random = RandomGenerator(seed: 1)
      var model = MLP(widths: [34, 128, 128, 128, 2], activation: .silu, using: &random)
      var optimizer = Adam(learningRate: 1e-3)
      expectNoMisses(threads: threads) {
        let noise = random.normal(shape: [512, 34])
        let (_, gradients) = valueAndGradient(at: model) { model in
          meanSquaredError(model(noise), noise.slice(axis: 1, 0..<2))
        }
        optimizer.update(&model, with: gradients)
      }
    }
  }

  @Test(arguments: [1, 2]) func aGame(_ threads: Int) async {
    await #expect(processExitsWith: .success) { [threads] in
      var random = RandomGenerator(seed: 1)
      var generator = MLP(widths: [64, 128, 128, 2], using: &random)
      var discriminator = MLP(widths: [2, 128, 128, 1], activation: .leakyRelu(slope: 0.2), using: &random)
      var optimizers = (Adam(learningRate: 1e-3, betas: (0.5, 0.9)), SGD(learningRate: 1e-2, momentum: 0.9))
      var average = ExponentialMovingAverage(of: generator, decay: 0.99)
      expectNoMisses(threads: threads) {
        let (real, latent) = (random.normal(shape: [256, 2]), random.normal(shape: [256, 64]))
        let fake = generator(latent).value
        var (_, slopes) = valueAndGradient(at: discriminator) { discriminator in
          binaryCrossEntropy(logits: discriminator(real), target: 1)
            + binaryCrossEntropy(logits: discriminator(fake), target: 0)
        }
        slopes.clip(toNorm: 1)
        optimizers.0.update(&discriminator, with: slopes)
        (_, slopes) = valueAndGradient(at: generator) { generator in
          binaryCrossEntropy(logits: discriminator(generator(latent)), target: 1)
        }
        optimizers.1.update(&generator, with: slopes)
        average.update(with: generator)
      }
    }
  }

  @Test(arguments: [1, 2]) func convolutions(_ threads: Int) async {
    await #expect(processExitsWith: .success) { [threads] in
      var random = RandomGenerator(seed: 1)
      var model = Images(using: &random)
      var optimizer = Adam(learningRate: 1e-3)
      expectNoMisses(threads: threads) {
        let images = random.normal(shape: [16, 28, 28, 1])
        let (_, gradients) = valueAndGradient(updatingBuffersOf: &model) { model in
          meanSquaredError(model.forward(images), images)
        }
        optimizer.update(&model, with: gradients)
      }
    }
  }

  @Test(arguments: [1, 2]) func attentionAndNormalization(_ threads: Int) async {
    await #expect(processExitsWith: .success) { [threads] in
      var random = RandomGenerator(seed: 1)
      var model = Attentive(using: &random)
      var optimizer = Adam(learningRate: 1e-3, weightDecay: 0.01)
      let labels = (0..<8).map { $0 % 3 }
      expectNoMisses(threads: threads) {
        let images = random.normal(shape: [8, 12, 12, 3])
        let (_, gradients) = valueAndGradient(at: model) { model in
          crossEntropy(logits: model(images, using: &random), labels: labels)
        }
        optimizer.update(&model, with: gradients)
      }
    }
  }
}

/// Runs two steps, and then many that must find all their buffers in the pool.
private func expectNoMisses(threads: Int, _ step: () -> Void) {
  ThreadPool.use(threads: threads)
  for _ in 0..<2 { step() }
  let before = BufferPool.statistics
  for _ in 0..<50 { step() }
  let after = BufferPool.statistics
  #expect(after.requests > before.requests)
  #expect(after.misses == before.misses)
}

/// Down and up again: convolutions of every kind, so many images and channels that threads share the work, and a last
/// layer of one channel, which has a kernel of its own.
private struct Images: Module {
  var first: Conv2d
  var norm = BatchNorm(16)
  var down: Conv2d
  var up: ConvTransposed2d
  var last: Conv2d

  init(using random: inout RandomGenerator) {
    first = Conv2d(inputChannels: 1, outputChannels: 16, kernelSize: 3, padding: 1, bias: false, using: &random)
    down = Conv2d(inputChannels: 16, outputChannels: 32, kernelSize: 3, stride: 2, padding: 1, using: &random)
    up = ConvTransposed2d(
      inputChannels: 32, outputChannels: 16, kernelSize: 4, stride: 2, padding: 1, using: &random)
    last = Conv2d(inputChannels: 16, outputChannels: 1, kernelSize: 3, padding: 1, using: &random)
  }

  mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("first", &first)
    visitor.visit("norm", &norm)
    visitor.visit("down", &down)
    visitor.visit("up", &up)
    visitor.visit("last", &last)
  }

  mutating func forward(_ x: Tensor) -> Variable {
    let h = down(silu(norm.forward(first(x), phase: .training)), activation: .silu)
    let wide = up(h, activation: .relu) + h.upsampledNearest(factor: 2).slice(axis: 3, 0..<16)
    return last(wide)
  }
}

/// A classifier of images whose places attend to each other.
private struct Attentive: Module {
  var input: Conv2d
  var norm = GroupNorm(groups: 4, channels: 32)
  var attention: MultiHeadAttention
  var layerNorm = LayerNorm(32)
  var output: Linear

  init(using random: inout RandomGenerator) {
    input = Conv2d(inputChannels: 3, outputChannels: 32, kernelSize: 3, padding: 1, using: &random)
    attention = MultiHeadAttention(width: 32, heads: 4, using: &random)
    output = Linear(32, 3, using: &random)
  }

  mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("input", &input)
    visitor.visit("norm", &norm)
    visitor.visit("attention", &attention)
    visitor.visit("layerNorm", &layerNorm)
    visitor.visit("output", &output)
  }

  func callAsFunction(_ x: Tensor, using random: inout RandomGenerator) -> Variable {
    let features = silu(norm(input(x))).averagePooled(window: 2)
    let places = features.reshaped(to: [x.shape[0], 36, 32])
    let mixed = layerNorm(places + attention(places))
    return output(Dropout(0.1)(mixed, phase: .training, using: &random).mean(axis: 1))
  }
}
