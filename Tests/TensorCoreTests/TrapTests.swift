import TensorCore
import Testing

/// What a failing process wrote to standard error.
private func text(_ result: ExitTest.Result?) -> String {
  String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
}

@Suite struct TrapTests {
  @Test func matmulNamesBothShapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = matmul(Tensor(zeros: [2, 3]), Tensor(zeros: [4, 5]))
    }
    #expect(text(result).contains("Fatal error: matmul: the inner extents differ: [2, 3] times [4, 5]\n"))
  }

  @Test func broadcastingNamesTheOperation() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(zeros: [2, 3]) + Tensor(zeros: [2])
    }
    #expect(text(result).contains("Fatal error: +: the shapes [2, 3] and [2] do not broadcast to each other\n"))
  }

  @Test func reshapingNamesBothShapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(zeros: [2, 3]).reshaped(to: [4, -1])
    }
    #expect(text(result).contains("Fatal error: reshaped: cannot see the shape [2, 3] as [4, -1]\n"))
  }

  @Test func anIndexOutsideNamesTheShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(zeros: [2, 3]).gatheringRows(at: [0, 2])
    }
    #expect(text(result).contains("Fatal error: gatheringRows: row 2 lies outside the shape [2, 3]\n"))
  }

  @Test func linearNamesTheMisfit() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = linear(input: Tensor(zeros: [2, 3]), weight: Tensor(zeros: [3, 4]), bias: Tensor(zeros: [3]))
    }
    #expect(text(result).contains("Fatal error: linear: the bias [3] does not fit the weight [3, 4]\n"))
  }
}
