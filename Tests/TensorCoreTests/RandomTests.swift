import TensorCore
import Testing

@Suite struct RandomTests {
  /// The known answers that Random123 ships (`kat_vectors`).
  @Test func philoxGivesRandom123sKnownAnswers() {
    let ones = UInt32.max
    #expect(
      Philox4x32.block(counter: SIMD4(repeating: 0), key: SIMD2(repeating: 0))
        == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    #expect(
      Philox4x32.block(counter: SIMD4(repeating: ones), key: SIMD2(repeating: ones))
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      Philox4x32.block(
        counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: SIMD2(0xa409_3822, 0x299f_31d0))
        == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
    #expect(
      Philox4x64.block(counter: SIMD4(repeating: 0), key: SIMD2(repeating: 0))
        == SIMD4(0x1655_4d9e_ca36_314c, 0xdb20_fe9d_672d_0fdc, 0xd7e7_72ce_e186_176b, 0x7e68_b68a_ec7b_a23b))
  }

  @Test func philoxAgreesWithNumPy() {
    for (counter, key, words) in PhiloxReference.numpy {
      #expect(Philox4x64.block(counter: counter, key: key) == words)
    }
    for (counter, key, words) in PhiloxReference.words32 {
      #expect(Philox4x32.block(counter: counter, key: key) == words)
    }
  }

  /// Word i of a stream is word i mod 4 of block i / 4, drawn one by one or sixteen blocks at a time, also where the low
  /// half of the block's number runs over.
  @Test(arguments: [0, 5, (1 << 32) - 40, (1 << 32) - 16, (1 << 33) - 1] as [UInt64])
  func aStreamIsItsKeysBlocks(start: UInt64) throws {
    let key = RandomKey(seed: 17)
    var state = RandomGenerator(key: key).state
    state[1] = start
    var words = try #require(RandomGenerator(state: state))
    var tensors = words
    let expected = (0..<64).flatMap { (offset: UInt64) -> [UInt32] in
      let counter = SIMD2(
        UInt32(truncatingIfNeeded: start + offset), UInt32(truncatingIfNeeded: (start + offset) >> 32))
      let block = Philox4x32.block(
        counter: SIMD4(lowHalf: counter, highHalf: SIMD2(repeating: 0)), key: key.words)
      return (0..<4).map { block[$0] }
    }
    #expect((0..<256).map { _ in words.nextWord() } == expected)
    // A uniform number is the upper 24 bits of its word.
    #expect(tensors.uniform(shape: [256]).scalars.map { $0 } == expected.map { Float($0 >> 8) * 0x1p-24 })
  }

  @Test func aScalarNormalIsTheFirstOfATensor() {
    var scalars = RandomGenerator(seed: 5)
    var tensors = RandomGenerator(seed: 5)
    for _ in 0..<100 { #expect(scalars.normal() == tensors.normal(shape: [1]).scalars[0]) }
  }

  @Test func aSeedFixesTheStream() {
    var first = RandomGenerator(seed: 11)
    var second = RandomGenerator(seed: 11)
    var other = RandomGenerator(seed: 12)
    let numbers = first.normal(shape: [1000])
    #expect(numbers == second.normal(shape: [1000]))
    #expect(numbers != other.normal(shape: [1000]))
    #expect(first.next() == second.next())
  }

  @Test func splittingIsIndependentOfDrawing() {
    var first = RandomGenerator(seed: 1)
    var second = RandomGenerator(seed: 1)
    _ = second.next()
    var a = first.split()
    var b = second.split()
    let word = a.next()
    #expect(word == b.next())
    var c = first.split()
    #expect(word != c.next())
    #expect(RandomKey(seed: 1).split(3)[2] == RandomKey(seed: 1).derived(2))
    #expect(Set(RandomKey(seed: 1).split(100)).count == 100)
  }

  /// Tensor draws are words of the stream in order, whatever the shape.
  @Test func uniformTensorsAreTheStreamsWords() {
    var tensor = RandomGenerator(seed: 3)
    var scalar = tensor
    let drawn = tensor.uniform(shape: [5, 7]).scalars
    for value in drawn { #expect(value == scalar.uniform()) }
  }

  @Test func uniformNumbersHaveTheirMoments() {
    var random = RandomGenerator(seed: 4)
    let x = random.uniform(shape: [200_000], in: -1..<3)
    #expect(Swift.abs(x.mean().item - 1) < 0.01)
    #expect(Swift.abs(x.variance().item - 16.0 / 12) < 0.01)
    #expect(x.min().item >= -1)
    #expect(x.max().item < 3)
  }

  @Test func normalNumbersHaveTheirMoments() {
    var random = RandomGenerator(seed: 5)
    let x = random.normal(shape: [400_000])
    #expect(Swift.abs(x.mean().item) < 0.006)
    #expect(Swift.abs(x.variance().item - 1) < 0.01)
    let cubes = (x * x * x).mean().item
    #expect(Swift.abs(cubes) < 0.03)
    #expect(Swift.abs((x.squared().squared()).mean().item - 3) < 0.06)
    // Neighbours, and the two numbers of a Box-Muller pair, are uncorrelated.
    let pairs = x.reshaped(to: [-1, 32])
    let cosines = pairs.slice(axis: 1, 0..<16)
    let sines = pairs.slice(axis: 1, 16..<32)
    #expect(Swift.abs((cosines * sines).mean().item) < 0.01)
    #expect(Swift.abs(((x .< 1).mean() - (x .< -1).mean()).item - 0.6827) < 0.005)
    let moved = random.normal(shape: [100_000], mean: 3, standardDeviation: 0.5)
    #expect(Swift.abs(moved.mean().item - 3) < 0.01)
    #expect(Swift.abs(moved.variance().item - 0.25) < 0.01)
  }

  @Test func integersAreUnbiasedAndInRange() {
    var random = RandomGenerator(seed: 6)
    var counts = [Int](repeating: 0, count: 6)
    for value in random.integers(below: 6, count: 60_000) { counts[value] += 1 }
    // Chi-squared with five degrees of freedom: 20.5 is the 99.9 % quantile.
    let statistic = counts.map { Double(($0 - 10_000) * ($0 - 10_000)) / 10_000 }.reduce(0, +)
    #expect(statistic < 20.5)
    // A bound just above half the range, where taking the remainder would show.
    let bound = Int(Int64.max / 3 * 2)
    let large = (0..<30_000).map { _ in random.integer(below: bound) }
    let low = large.filter { $0 < bound / 2 }.count
    #expect(Swift.abs(low - 15_000) < 400)
    #expect(random.integer(below: 1) == 0)
  }

  @Test func permutationsHoldEveryNumberOnce() {
    var random = RandomGenerator(seed: 7)
    #expect(random.permutation(1000).sorted() == Array(0..<1000))
    #expect(random.permutation(0) == [])
    var counts: [[Int]: Int] = [:]
    for _ in 0..<12_000 { counts[random.permutation(3), default: 0] += 1 }
    #expect(counts.count == 6)
    for count in counts.values { #expect(Swift.abs(count - 2000) < 200) }
  }

  @Test func categoricalDrawsFollowTheWeights() {
    var random = RandomGenerator(seed: 8)
    var counts = [0, 0, 0, 0]
    for value in random.categorical(weights: [1, 0, 3, 0], count: 40_000) { counts[value] += 1 }
    #expect(counts[1] == 0 && counts[3] == 0)
    #expect(Swift.abs(counts[0] - 10_000) < 400)
    let logits = Tensor([0, 1.0986123]).broadcast(to: [40_000, 2])
    let ones = random.categorical(logits: logits).reduce(0, +)
    #expect(Swift.abs(ones - 30_000) < 400)
    let coins = random.bernoulli(probability: 0.3, shape: [40_000])
    #expect(Swift.abs(coins.sum().item - 12_000) < 400)
  }
}
