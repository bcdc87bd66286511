import TensorCore
import Testing

@Suite struct AdamPassTests {
  /// So many scalars that threads share them, in tensors that are cut into tasks and others that are not.
  private static let shapes = [[3], [200, 300], [16_384], [1, 5], [70_001]]

  /// All tensors in one pass, and each by itself in pieces that a single thread takes.
  @Test func manyTensorsAreStepsOfEach() {
    var random = RandomGenerator(seed: 7)
    let constants = AdamConstants(learningRate: 0.01, weightDecay: 0.1)
    var together = Self.shapes.map { State(parameters: random.normal(shape: $0)) }
    var apart = together
    for step in 1...3 {
      let gradients = Self.shapes.map { random.normal(shape: $0) }
      var pass = AdamPass(step: step, constants: constants)
      for index in together.indices { together[index].join(&pass, gradients[index]) }
      pass.run()
      for index in apart.indices { apart[index].stepInPieces(gradients[index], step, constants) }
    }
    for (first, second) in zip(together, apart) {
      #expect(first.parameters == second.parameters)
      #expect(first.mean == second.mean)
      #expect(first.square == second.square)
    }
  }

  @Test func copiesStayAsTheyWere() {
    var state = State(parameters: Tensor([1, 2]))
    let copy = state
    var pass = AdamPass(step: 1, constants: AdamConstants())
    state.join(&pass, Tensor([1, 1]))
    pass.run()
    #expect(copy.parameters == Tensor([1, 2]))
    #expect(copy.mean == Tensor([0, 0]))
    #expect(state.parameters != copy.parameters)
  }
}

private struct State {
  var parameters: Tensor
  var mean: Tensor
  var square: Tensor

  init(parameters: Tensor) {
    self.parameters = parameters
    mean = Tensor(zeros: parameters.shape)
    square = mean
  }

  mutating func join(_ pass: inout AdamPass, _ gradients: Tensor) {
    pass.add(parameters: &parameters, gradients: gradients, firstMoment: &mean, secondMoment: &square)
  }

  mutating func stepInPieces(_ gradients: Tensor, _ step: Int, _ constants: AdamConstants) {
    let shape = parameters.shape
    let flat = [parameters, mean, square, gradients].map { $0.reshaped(to: [$0.count]) }
    var pieces: [[Tensor]] = [[], [], []]
    for start in stride(from: 0, to: flat[0].count, by: 1000) {
      let piece = flat.map { $0.rows(start..<min(start + 1000, $0.count)) }
      var (p, m, v) = (piece[0], piece[1], piece[2])
      adamStep(
        parameters: &p, gradients: piece[3], firstMoment: &m, secondMoment: &v, step: step, constants: constants)
      pieces[0].append(p)
      pieces[1].append(m)
      pieces[2].append(v)
    }
    let joined = pieces.map { Tensor.concatenated($0, axis: 0).reshaped(to: shape) }
    (parameters, mean, square) = (joined[0], joined[1], joined[2])
  }
}
