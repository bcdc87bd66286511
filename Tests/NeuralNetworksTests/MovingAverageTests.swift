import Autodiff
import NeuralNetworks
import TensorCore
import Testing

@Suite struct MovingAverageTests {
  private func norm(_ weight: Float) -> LayerNorm {
    var norm = LayerNorm(2)
    norm.weight = Variable(constant: Tensor([weight, 2 * weight]))
    return norm
  }

  @Test func followsTheRecursion() {
    var average = ExponentialMovingAverage(of: norm(1), decay: 0.75)
    average.update(with: norm(5))
    #expect(average.average.weight.value == Tensor([2, 4]))
    average.update(with: norm(6))
    #expect(average.average.weight.value == Tensor([3, 6]))
    #expect(average.average.bias.value == Tensor([0, 0]))
    #expect(average.step == 2)
  }

  @Test func warmsUp() {
    var average = ExponentialMovingAverage(of: norm(0), decay: 0.15, warmsUp: true)
    average.update(with: norm(1))
    expectClose(average.average.weight.value, [0.9, 1.8])
    average.update(with: norm(1))
    // (1 + 1) / (10 + 1) is above the decay.
    expectClose(average.average.weight.value, [0.985, 1.97])
  }

  @Test func takesOverBuffers() {
    var norm = BatchNorm(1)
    var average = ExponentialMovingAverage(of: norm, decay: 0.5)
    _ = norm.forward(Tensor([[1], [3]]), phase: .training)
    average.update(with: norm)
    #expect(average.average.buffers == norm.buffers)
  }

  @Test func mistakesStop() async {
    await #expect(processExitsWith: .failure) { _ = ExponentialMovingAverage(of: LayerNorm(1), decay: 2) }
    await #expect(processExitsWith: .failure) {
      var average = ExponentialMovingAverage(of: LayerNorm(1), decay: 0.5)
      average.update(with: LayerNorm(2))
    }
  }
}
