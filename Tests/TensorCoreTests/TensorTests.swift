import TensorCore
import Testing

@Suite struct TensorTests {
  let x = Tensor([[1, 2, 3], [4, 5, 6]])

  @Test func copiesAreIndependentValues() {
    var copy = x
    copy[0, 1] = 20
    #expect(x[0, 1] == 2)
    #expect(copy.scalars == [1, 20, 3, 4, 5, 6])
  }

  @Test func shapesAndScalarsAreWhatWasGiven() {
    #expect(x.shape == [2, 3])
    #expect(x.rank == 2)
    #expect(x.count == 6)
    #expect(Tensor(2.5).item == 2.5)
    #expect(Tensor(2.5).shape == [])
    #expect(Tensor(zeros: [2, 0]).scalars == [])
    #expect(Tensor(ones: [3]).scalars == [1, 1, 1])
    #expect(Tensor(oneHot: [2, 0], classes: 3).scalars == [0, 0, 1, 1, 0, 0])
    #expect(Tensor(linearlySpacedFrom: 0, to: 1, count: 5).scalars == [0, 0.25, 0.5, 0.75, 1])
  }

  @Test func reshapingKeepsTheOrder() {
    #expect(x.reshaped(to: [3, -1]) == Tensor([[1, 2], [3, 4], [5, 6]]))
    #expect(x.expandingAxis(at: 1).shape == [2, 1, 3])
  }

  @Test func transposingAndPermuting() {
    #expect(x.transposed() == Tensor([[1, 4], [2, 5], [3, 6]]))
    let cube = Tensor((0..<24).map(Float.init), shape: [2, 3, 4])
    let moved = cube.permuted([2, 0, 1])
    #expect(moved.shape == [4, 2, 3])
    for a in 0..<2 { for b in 0..<3 { for c in 0..<4 { #expect(moved[c, a, b] == cube[a, b, c]) } } }
    let wide = Tensor((0..<37 * 21).map(Float.init), shape: [37, 21])
    #expect(wide.transposed()[20, 36] == wide[36, 20])
    #expect(wide.transposed().transposed() == wide)
  }

  @Test func slicingPaddingAndConcatenating() {
    #expect(x.slice(axis: 1, 1..<3) == Tensor([[2, 3], [5, 6]]))
    #expect(x.rows(1..<2) == Tensor([[4, 5, 6]]))
    #expect(x.slice(axis: 1, 1..<3).padded(to: [2, 3], axis: 1, at: 1) == Tensor([[0, 2, 3], [0, 5, 6]]))
    #expect(Tensor.concatenated([x, x], axis: 1) == Tensor([[1, 2, 3, 1, 2, 3], [4, 5, 6, 4, 5, 6]]))
    #expect(Tensor.concatenated([x, x.rows(0..<1)], axis: 0).shape == [3, 3])
  }

  @Test func gatheringAndScatteringRows() {
    #expect(x.gatheringRows(at: [1, 0, 1]) == Tensor([[4, 5, 6], [1, 2, 3], [4, 5, 6]]))
    var sums = Tensor(zeros: [2, 3])
    sums.scatterAddRows(Tensor(ones: [3, 3]), at: [1, 0, 1])
    #expect(sums == Tensor([[1, 1, 1], [2, 2, 2]]))
    #expect(x.gatheringColumns(at: [2, 0]).scalars == [3, 4])
  }

  @Test func broadcastingRepeatsAndItsAdjointSums() {
    let row = Tensor([1, 2, 3])
    #expect(row.broadcast(to: [2, 3]) == Tensor([[1, 2, 3], [1, 2, 3]]))
    let column = Tensor([[1], [2]])
    #expect(column.broadcast(to: [2, 3]) == Tensor([[1, 1, 1], [2, 2, 2]]))
    #expect(x.sumReduced(to: [3]).scalars == [5, 7, 9])
    #expect(x.sumReduced(to: [2, 1]) == Tensor([[6], [15]]))
    #expect(x.sumReduced(to: []).item == 21)
    let cube = Tensor((0..<24).map(Float.init), shape: [2, 3, 4])
    #expect(cube.sumReduced(to: [3, 1]).scalars == [60, 92, 124])
  }

  @Test func arithmeticBroadcasts() {
    let row = Tensor([10, 20, 30])
    let column = Tensor([[1], [2]])
    #expect(x + row == Tensor([[11, 22, 33], [14, 25, 36]]))
    #expect(column * row == Tensor([[10, 20, 30], [20, 40, 60]]))
    #expect(row - column == Tensor([[9, 19, 29], [8, 18, 28]]))
    #expect(1 - x == Tensor([[0, -1, -2], [-3, -4, -5]]))
    #expect(x / 2 == Tensor([[0.5, 1, 1.5], [2, 2.5, 3]]))
    #expect(-x + x == Tensor(zeros: [2, 3]))
    let cube = Tensor((0..<24).map(Float.init), shape: [2, 3, 4])
    let sum = cube + Tensor([[[100]], [[200]]]) * 1
    #expect(sum[1, 2, 3] == 223)
    let middle = cube + Tensor([0, 100, 200], shape: [3, 1])
    #expect(middle[1, 2, 3] == 223)
  }
}

extension Tensor {
  init(_ planes: [[[Float]]]) {
    self.init(planes.flatMap { $0.flatMap { $0 } }, shape: [planes.count, planes[0].count, planes[0][0].count])
  }
}
