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

  @Test func shapingNamesItsShapes() async {
    let concatenation = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.concatenated([Tensor(zeros: [2, 3]), Tensor(zeros: [3, 2])], axis: 0)
    }
    #expect(text(concatenation).contains("concatenated: the shapes [2, 3] and [3, 2] differ outside axis 0"))
    let slicing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(zeros: [2, 3]).slice(axis: 1, 1..<4)
    }
    #expect(text(slicing).contains("slice: the range 1..<4 of axis 1 lies outside the shape [2, 3]"))
    let order = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(zeros: [2, 3]).permuted([0, 0])
    }
    #expect(text(order).contains("permuted: [0, 0] is not an order of the axes of the shape [2, 3]"))
    let axis = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(zeros: [2, 3]).sum(axis: 2)
    }
    #expect(text(axis).contains("there is no axis 2 in the shape [2, 3]"))
    let wide = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(zeros: [2, 3]).broadcast(to: [2, 4])
    }
    #expect(text(wide).contains("cannot broadcast the shape [2, 3] to [2, 4]"))
  }

  @Test func rowsThatDoNotFitNameTheirShapes() async {
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var sums = Tensor(zeros: [4, 3])
      sums.scatterAddRows(Tensor(zeros: [2, 2]), at: [0, 1])
    }
    #expect(text(rows).contains("scatterAddRows: expected rows of shape [2, 3], got [2, 2]"))
    let ranks = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(zeros: [2, 3]).topK(4)
    }
    #expect(text(ranks).contains("topK: there are no 4 scalars along the last axis of the shape [2, 3]"))
  }
}
