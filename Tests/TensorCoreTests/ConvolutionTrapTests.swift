import TensorCore
import Testing

/// What a failing process wrote to standard error.
private func text(_ result: ExitTest.Result?) -> String {
  String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
}

@Suite struct ConvolutionTrapTests {
  @Test func channels() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = conv2d(input: Tensor(zeros: [1, 4, 4, 2]), weight: Tensor(zeros: [3, 3, 3, 5]))
    }
    #expect(
      text(result).contains(
        "Fatal error: conv2d: the channels differ: the input [1, 4, 4, 2] and the weight [3, 3, 3, 5]\n"))
  }

  @Test func kernelTooLarge() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = conv2d(input: Tensor(zeros: [1, 2, 2, 2]), weight: Tensor(zeros: [5, 5, 2, 5]), padding: 1)
    }
    #expect(
      text(result).contains(
        "Fatal error: conv2d: the kernel does not fit into the padding 1 around it: the input [1, 2, 2, 2] and the "
          + "weight [5, 5, 2, 5]\n"))
  }

  @Test func bias() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = conv2d(
        input: Tensor(zeros: [2, 4, 4, 2]), weight: Tensor(zeros: [3, 3, 2, 5]), bias: Tensor(zeros: [3, 5]))
    }
    #expect(
      text(result).contains(
        "Fatal error: conv2d: the bias [3, 5] does not fit the weight [3, 3, 2, 5] and the input [2, 4, 4, 2]\n"))
  }

  @Test func upstream() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = conv2dInputGradient(
        upstream: Tensor(zeros: [1, 4, 4, 5]), weight: Tensor(zeros: [3, 3, 2, 5]), inputShape: [1, 4, 4, 2])
    }
    #expect(
      text(result).contains(
        "Fatal error: conv2dInputGradient: the upstream gradient [1, 4, 4, 5] is not of the output's shape "
          + "[1, 2, 2, 5], of the input [1, 4, 4, 2] and the weight [3, 3, 2, 5]\n"))
  }

  @Test func transposedBias() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = convTransposed2d(
        input: Tensor(zeros: [1, 2, 2, 5]), weight: Tensor(zeros: [3, 3, 2, 5]), bias: Tensor(zeros: [5]))
    }
    #expect(
      text(result).contains("Fatal error: convTransposed2d: the bias [5] does not fit the weight [3, 3, 2, 5]\n"))
  }

  @Test func pooling() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(zeros: [1, 2, 3, 1]).maxPooled(window: 3)
    }
    #expect(
      text(result).contains(
        "Fatal error: maxPooled: cannot use a window of extent 3 and the stride 3 on the shape [1, 2, 3, 1]\n"))
  }
}
