import TensorCore
import Testing

/// A perceptron, a batch for it, and a gradient of its output.
private struct Case {
  let network: Perceptron
  let input: Tensor
  let upstream: Tensor

  init(rows: Int, widths: [Int], activation: Activation, outputActivation: Activation = .identity) {
    var random = RandomGenerator(seed: UInt64(rows + widths.reduce(0, +)))
    var weights: [Tensor] = []
    var biases: [Tensor] = []
    for (inputs, outputs) in zip(widths, widths.dropFirst()) {
      weights.append(random.normal(shape: [inputs, outputs], standardDeviation: 1 / Float(inputs + 1).squareRoot()))
      biases.append(random.normal(shape: [outputs]))
    }
    network = Perceptron(
      weights: weights, biases: biases, activation: activation, outputActivation: outputActivation)
    input = random.normal(shape: [rows, widths[0]])
    upstream = random.normal(shape: [rows, widths[widths.count - 1]])
  }

  /// The same by single layers.
  func byLayers() -> (output: Tensor, input: Tensor, weights: [Tensor], biases: [Tensor]) {
    var results: [LinearResult] = []
    let last = network.weights.count - 1
    func activation(_ layer: Int) -> Activation { layer == last ? network.outputActivation : network.activation }
    func below(_ layer: Int) -> Tensor { layer == 0 ? input : results[layer - 1].output }
    for layer in 0...last {
      results.append(
        linear(
          input: below(layer), weight: network.weights[layer], bias: network.biases[layer],
          activation: activation(layer)))
    }
    var weights: [Tensor] = []
    var biases: [Tensor] = []
    var upstream = upstream
    for layer in (0...last).reversed() {
      let found = linearBackward(
        upstream: upstream, input: below(layer), weight: network.weights[layer], result: results[layer],
        activation: activation(layer))
      weights.insert(found.weight, at: 0)
      biases.insert(found.bias, at: 0)
      if let next = found.input { upstream = next }
    }
    return (results[last].output, upstream, weights, biases)
  }
}

private func bits(_ tensor: Tensor?) -> [UInt32] { tensor?.scalars.map(\.bitPattern) ?? [] }

/// One after another: a test sets the number of threads, which the process shares.
@Suite(.serialized) struct PerceptronTests {
  static let activations: [Activation] = [
    .identity, .relu, .leakyRelu(slope: 0.2), .leakyRelu(slope: -0.5), .silu, .tanh, .sigmoid, .gelu, .softplus,
  ]

  /// Widths around a register, a tile and a panel; the last one's weights fit no cache and go layer by layer.
  static let shapes: [(rows: Int, widths: [Int])] = [
    (1, [1, 1]), (256, [34, 128, 128, 2]), (300, [2, 100, 33, 1]), (29, [7, 16, 9, 40]), (600, [64, 70, 8]),
    (65, [300, 500, 20]),
  ]

  @Test(arguments: activations) func theBitsAreThoseOfSingleLayers(_ activation: Activation) {
    for (rows, widths) in Self.shapes {
      for outputActivation in [Activation.identity, activation] {
        let some = Case(rows: rows, widths: widths, activation: activation, outputActivation: outputActivation)
        let result = some.network.forward(some.input)
        let wanted = some.byLayers()
        #expect(bits(result.output) == bits(wanted.output), "\(rows) \(widths)")
        #expect(bits(some.network(some.input)) == bits(wanted.output), "\(rows) \(widths)")
        let found = some.network.backward(upstream: some.upstream, input: some.input, result: result)
        #expect(bits(found.input) == bits(wanted.input), "\(rows) \(widths)")
        #expect(found.weights.map(bits) == wanted.weights.map(bits), "\(rows) \(widths)")
        #expect(found.biases.map(bits) == wanted.biases.map(bits), "\(rows) \(widths)")
      }
    }
  }

  @Test func whatIsNotAskedForIsNotThere() {
    for (rows, widths) in Self.shapes {
      let some = Case(rows: rows, widths: widths, activation: .silu)
      let result = some.network.forward(some.input)
      let all = some.network.backward(upstream: some.upstream, input: some.input, result: result)
      let parameters = some.network.backward(
        upstream: some.upstream, input: some.input, result: result, needsInput: false)
      #expect(parameters.input == nil)
      #expect(parameters.weights.map(bits) == all.weights.map(bits))
      let input = some.network.backward(
        upstream: some.upstream, input: some.input, result: result, needsParameters: false)
      #expect(bits(input.input) == bits(all.input))
      #expect(input.weights.isEmpty && input.biases.isEmpty)
    }
  }

  @Test func emptyBatchesAndEmptyLayers() {
    for (rows, widths) in [(0, [3, 4, 2]), (5, [0, 4, 2]), (5, [3, 0, 2])] {
      let some = Case(rows: rows, widths: widths, activation: .tanh)
      let result = some.network.forward(some.input)
      let wanted = some.byLayers()
      #expect(bits(result.output) == bits(wanted.output))
      #expect(bits(some.network(some.input)) == bits(wanted.output))
      let found = some.network.backward(upstream: some.upstream, input: some.input, result: result)
      #expect(bits(found.input) == bits(wanted.input))
      #expect(found.weights.map(bits) == wanted.weights.map(bits))
      #expect(found.biases.map(bits) == wanted.biases.map(bits))
    }
  }

  @Test func theNumberOfThreadsChangesNoBit() {
    let wanted = ThreadPool.threadCount
    let some = Case(rows: 500, widths: [34, 128, 128, 2], activation: .silu)
    func work() -> [[UInt32]] {
      let result = some.network.forward(some.input)
      let gradients = some.network.backward(upstream: some.upstream, input: some.input, result: result)
      return [bits(some.network(some.input)), bits(result.output), bits(gradients.input)]
        + (gradients.weights + gradients.biases).map(bits)
    }
    ThreadPool.use(threads: 1)
    let alone = work()
    for threads in [2, 3, 7] {
      ThreadPool.use(threads: threads)
      for _ in 0..<20 { #expect(work() == alone) }
    }
    ThreadPool.use(threads: wanted)
  }

  @Test func layersThatDoNotFollowAreNamed() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Perceptron(
        weights: [Tensor(zeros: [2, 3]), Tensor(zeros: [4, 5])], biases: [Tensor(zeros: [3]), Tensor(zeros: [5])],
        activation: .relu, outputActivation: .identity)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("Fatal error: Perceptron: the weight [2, 3] cannot be followed by [4, 5]\n"))
  }

  @Test func anInputThatDoesNotFitIsNamed() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let network = Perceptron(
        weights: [Tensor(zeros: [2, 3])], biases: [Tensor(zeros: [3])], activation: .relu, outputActivation: .identity)
      _ = network(Tensor(zeros: [7, 4]))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("Fatal error: Perceptron: the input [7, 4] does not fit the first weight [2, 3]\n"))
  }
}
