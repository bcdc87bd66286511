import TensorCore
import Testing

/// The core's order of summation, written out plainly: element `i` to partial sum `i mod 16`, halves added four times;
/// blocks of 4,096 first.
func orderedSum(_ x: [Float]) -> Float {
  if x.count > 4096 {
    return orderedSum(stride(from: 0, to: x.count, by: 4096).map { orderedSum(Array(x[$0..<min($0 + 4096, x.count)])) })
  }
  var partial = [Float](repeating: 0, count: 16)
  for (index, value) in x.enumerated() { partial[index % 16] += value }
  for half in [8, 4, 2, 1] { for index in 0..<half { partial[index] += partial[index + half] } }
  return partial[0]
}

@Suite struct ReductionTests {
  let x = Tensor([[1, 2, 3], [4, 5, 6]])

  @Test func sumsAndMeansAlongAxes() {
    #expect(x.sum().item == 21)
    #expect(x.sum(axis: 0) == Tensor([5, 7, 9]))
    #expect(x.sum(axis: 1, keepingDimension: true) == Tensor([[6], [15]]))
    #expect(x.sum(axis: -1) == Tensor([6, 15]))
    #expect(x.mean().item == 3.5)
    #expect(x.mean(axis: 1) == Tensor([2, 5]))
    #expect(x.variance(axis: 0) == Tensor([2.25, 2.25, 2.25]))
    #expect(x.variance(axis: 0, correction: 1) == Tensor([4.5, 4.5, 4.5]))
    #expect(Swift.abs(x.variance().item - 35.0 / 12) < 1e-6)
    #expect(Tensor(zeros: [0]).sum().item == 0)
    #expect(Tensor(zeros: [0, 3]).sum(axis: 0) == Tensor(zeros: [3]))
  }

  @Test(arguments: [1, 5, 16, 17, 100, 4096, 4097, 70_000, 300_000])
  func sumsHaveOneOrder(count: Int) {
    var random = RandomGenerator(seed: UInt64(count))
    let x = random.normal(shape: [count])
    #expect(x.sum().item == orderedSum(x.scalars))
    let zeros = Tensor(zeros: [count])
    let scaled = (x.squared().sum() / Float(count)).item
    #expect(meanSquaredErrorWithGradient(prediction: x, target: zeros).loss == scaled)
  }

  @Test(arguments: [(3, 5), (40, 70), (130, 64), (5000, 3), (9000, 20), (257, 900)])
  func columnSumsHaveTheSameOrder(rows: Int, columns: Int) {
    var random = RandomGenerator(seed: UInt64(rows))
    let x = random.normal(shape: [rows, columns])
    let transposed = x.transposed().scalars
    let expected = (0..<columns).map { orderedSum(Array(transposed[$0 * rows..<($0 + 1) * rows])) }
    #expect(x.sum(axis: 0).scalars == expected)
    let stacked = Tensor.concatenated([x, x * 2], axis: 0).reshaped(to: [2, rows, columns])
    #expect(stacked.sum(axis: 1).scalars == expected + expected.map { $0 * 2 })
  }

  @Test func extremaAndTheirPositions() {
    let y = Tensor([[3, -1, 3], [0, 7, -2]])
    #expect(y.max().item == 7)
    #expect(y.min().item == -2)
    #expect(y.max(axis: 1) == Tensor([3, 7]))
    #expect(y.min(axis: 0, keepingDimension: true) == Tensor([[0, -1, -2]]))
    #expect(y.argMax() == [0, 1])
    #expect(y.argMax(axis: 0) == [0, 1, 0])
    #expect(y.argMin(axis: 1) == [1, 2])
    #expect(Tensor([1, .nan, 2]).max().item.isNaN)
  }

  @Test func softmaxAndItsLogarithms() {
    let logits = Tensor([[1000, 1001, 1002], [-5, 0, -1000]])
    let p = logits.softmax()
    #expect(Swift.abs(p[0, 2] - 0.665_240_96) < 1e-6)
    #expect(Swift.abs(p.sum(axis: 1).scalars[1] - 1) < 1e-6)
    let logP = logits.logSoftmax()
    #expect(Swift.abs(logP[0, 0] + 2.407_606) < 1e-5)
    #expect(logits.logSumExp().shape == [2])
    #expect(Swift.abs(logits.logSumExp(keepingDimension: true)[0, 0] - 1002.407_6) < 1e-3)
    let alongFirst = logits.transposed().softmax(axis: 0)
    #expect(alongFirst == p.transposed())
    #expect(Tensor([-.infinity, -.infinity]).logSumExp().item == -.infinity)
    var random = RandomGenerator(seed: 2)
    let wide = random.normal(shape: [7, 33]).softmax().sum(axis: 1)
    for total in wide.scalars { #expect(Swift.abs(total - 1) < 1e-6) }
  }

  @Test func sortingAndRanking() {
    let y = Tensor([[3, -1, 3, .nan], [0, 7, -2, 1]])
    let ranked = y.topK(2)
    #expect(ranked.values == Tensor([[3, 3], [7, 1]]))
    #expect(ranked.positions == [0, 2, 1, 3])
    #expect(y.topK(1, largest: false).values == Tensor([[-1], [-2]]))
    #expect(Tensor([2, 1, 3]).sorted().values.scalars == [1, 2, 3])
    #expect(Tensor([2, 1, 3]).sorted(descending: true).positions == [2, 0, 1])
  }

  @Test func comparisonsAndChoices() {
    let y = Tensor([[3, -1, 3], [0, 7, 6]])
    #expect((x .< y) == Tensor([[1, 0, 0], [0, 1, 0]]))
    #expect((x .>= 3) == Tensor([[0, 0, 1], [1, 1, 1]]))
    #expect((x .== y) == Tensor([[0, 0, 1], [0, 0, 1]]))
    #expect((x .!= Tensor([1, 2, 3])) == Tensor([[0, 0, 0], [1, 1, 1]]))
    #expect(Tensor.where(x .> 2, x, Tensor(0)) == Tensor([[0, 0, 3], [4, 5, 6]]))
    #expect(maximum(x, y) == Tensor([[3, 2, 3], [4, 7, 6]]))
    #expect(minimum(x, 2) == Tensor([[1, 2, 2], [2, 2, 2]]))
    #expect(sign(y - 1) == Tensor([[1, -1, 1], [-1, 1, 1]]))
    #expect(abs(y - 1) == Tensor([[2, 2, 2], [1, 6, 5]]))
  }
}
