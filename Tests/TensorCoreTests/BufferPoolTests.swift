import TensorCore
import Testing

@Suite struct BufferPoolTests {
  /// In a process of its own, where no other test asks for buffers.
  @Test func aRepeatedStepAllocatesNothing() async {
    await #expect(processExitsWith: .success) {
      func step(_ random: inout RandomGenerator, _ weight: inout Tensor) {
        let input = random.normal(shape: [64, 100])
        let result = linear(input: input, weight: weight, bias: Tensor(zeros: [40]), activation: .gelu)
        let loss = meanSquaredErrorWithGradient(prediction: result.output, target: result.output * 0.5)
        let gradients = linearBackward(
          upstream: loss.gradient, input: input, weight: weight, result: result, activation: .gelu)
        weight -= gradients.weight * 0.01
      }
      var random = RandomGenerator(seed: 1)
      var weight = random.normal(shape: [100, 40])
      step(&random, &weight)
      step(&random, &weight)
      let before = BufferPool.statistics
      for _ in 0..<10 { step(&random, &weight) }
      let after = BufferPool.statistics
      #expect(after.misses == before.misses)
      #expect(after.requests > before.requests)
      #expect(after.bytes == before.bytes)
    }
  }

  @Test func droppedTensorsServeTheNext() async {
    await #expect(processExitsWith: .success) {
      var x = Tensor(zeros: [1000])
      for _ in 0..<100 { x = x + 1 }
      #expect(x.sum().item == 100_000)
      #expect(BufferPool.statistics.misses < 8)
      #expect(BufferPool.statistics.peakBytes < 40_000)
    }
  }
}
