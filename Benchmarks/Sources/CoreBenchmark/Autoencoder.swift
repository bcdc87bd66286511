import TensorCore

/// One dense layer and the state of its optimizer.
struct DenseLayer {
  var weight: Tensor
  var bias: Tensor
  var activation: Activation
  var moments: (weight: (Tensor, Tensor), bias: (Tensor, Tensor))

  init(_ inputs: Int, _ outputs: Int, _ activation: Activation, _ random: inout RandomGenerator) {
    let bound = 1 / sqrt(Float(inputs))
    weight = random.uniform(shape: [inputs, outputs], in: -bound..<bound)
    bias = random.uniform(shape: [outputs], in: -bound..<bound)
    self.activation = activation
    moments = (
      (Tensor(zeros: weight.shape), Tensor(zeros: weight.shape)), (Tensor(zeros: bias.shape), Tensor(zeros: bias.shape))
    )
  }

  mutating func update(_ gradients: LinearGradients, step: Int, _ constants: AdamConstants) {
    adamStep(
      parameters: &weight, gradients: gradients.weight, firstMoment: &moments.weight.0,
      secondMoment: &moments.weight.1, step: step, constants: constants)
    adamStep(
      parameters: &bias, gradients: gradients.bias, firstMoment: &moments.bias.0,
      secondMoment: &moments.bias.1, step: step, constants: constants)
  }
}

/// A chain of dense layers trained on the mean squared error, its backward pass by hand.
struct DenseNetwork {
  var layers: [DenseLayer]
  var step = 0
  let constants: AdamConstants

  init(_ sizes: [Int], _ activation: Activation, learningRate: Float = 1e-3, _ random: inout RandomGenerator) {
    layers = zip(sizes, sizes.dropFirst()).enumerated().map { index, extents in
      DenseLayer(extents.0, extents.1, index == sizes.count - 2 ? .identity : activation, &random)
    }
    constants = AdamConstants(learningRate: learningRate)
  }

  mutating func train(_ input: Tensor, _ target: Tensor) -> Float {
    step += 1
    var results: [LinearResult] = []
    results.reserveCapacity(layers.count)
    for layer in layers {
      results.append(
        linear(
          input: results.last?.output ?? input, weight: layer.weight, bias: layer.bias, activation: layer.activation))
    }
    let loss = meanSquaredErrorWithGradient(prediction: results[layers.count - 1].output, target: target)
    var upstream = loss.gradient
    for index in layers.indices.reversed() {
      let gradients = linearBackward(
        upstream: upstream, input: index == 0 ? input : results[index - 1].output, weight: layers[index].weight,
        result: results[index], activation: layers[index].activation, needsInputGradient: index > 0)
      layers[index].update(gradients, step: step, constants)
      if let next = gradients.input { upstream = next }
    }
    return loss.loss
  }
}

/// 784-256-32-256-784 with ReLU, batch 128, Adam: a step with the drawing of its batch.
func autoencoder() -> Timing {
  var random = RandomGenerator(seed: 1)
  let data = random.uniform(shape: [20_000, 784])
  var network = DenseNetwork([784, 256, 32, 256, 784], .relu, &random)
  let order = random.permutation(20_000)
  var position = 0
  let step = {
    if position + 128 > order.count { position = 0 }
    let batch = data.gatheringRows(at: Array(order[position..<position + 128]))
    position += 128
    _ = network.train(batch, batch)
  }
  for _ in 0..<20 { step() }
  return Timing(calls: 50, step)
}

/// 34-128-128-128-2 with SiLU, batch 256, Adam: the network of the 2-D diffusion model.
func denoiser() -> Timing {
  var random = RandomGenerator(seed: 1)
  var network = DenseNetwork([34, 128, 128, 128, 2], .silu, &random)
  let step = {
    let input = random.normal(shape: [256, 34])
    _ = network.train(input, input.slice(axis: 1, 0..<2))
  }
  for _ in 0..<50 { step() }
  return Timing(calls: 200, step)
}
