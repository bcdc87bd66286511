import Metrics
import TensorCore
import Testing

@Suite struct NeighborTests {
  @Test(arguments: ReferenceSets.both) func neighborsAgreeWithScikitLearn(_ sets: ReferenceSets) {
    let found = NearestNeighbors(of: sets.generated, in: sets.real, count: 4)
    #expect(Array(found.indices.prefix(48)) == sets.neighbors.map { Int($0) })
    for (distance, expected) in zip(found.distances, sets.distances) {
      #expect(isClose(distance, expected, within: 1e-7))
    }
  }

  @Test(arguments: ReferenceSets.both) func measuresAgreeWithPRDC(_ sets: ReferenceSets) {
    for (k, expected) in [(3, sets.overlap3), (5, sets.overlap5)] {
      let measures = NeighborhoodMeasures(of: sets.generated, against: sets.real, neighbors: k)
      #expect(abs(measures.precision - expected[0]) < 1e-12)
      #expect(abs(measures.recall - expected[1]) < 1e-12)
      #expect(abs(measures.density - expected[2]) < 1e-12)
      #expect(abs(measures.coverage - expected[3]) < 1e-12)
    }
  }

  /// Points so near each other and so far from the origin that the product form of the distance is all rounding.
  @Test func cancellationChangesNothing() {
    let (count, width) = (60, 16)
    var offset = [Float](repeating: 0, count: width)
    for axis in offset.indices { offset[axis] = axis % 2 == 0 ? 100 : -40 }
    // Steps of 2^-10 are exact beside 100, and two clusters keep the centred rows long.
    var rows: [[Float]] = []
    for row in 0..<count {
      let side: Float = row % 2 == 0 ? 1000 : -1000
      rows.append((0..<width).map { offset[$0] + side + Float((row * row * 7 + $0 * 13 * row) % 31) * 0x1p-10 })
    }
    let found = NearestNeighbors(within: Tensor(rows), count: 5)
    for row in 0..<count {
      var distances: [(Double, Int)] = []
      for other in 0..<count where other != row {
        var sum = 0.0
        for axis in 0..<width {
          let difference = Double(rows[row][axis]) - Double(rows[other][axis])
          sum += difference * difference
        }
        distances.append((sum, other))
      }
      distances.sort { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 < $1.1 }
      #expect(Array(found.indices[5 * row..<5 * row + 5]) == distances.prefix(5).map(\.1))
      for (distance, expected) in zip(found.distances[5 * row..<5 * row + 5], distances) {
        #expect(distance == expected.0.squareRoot())
      }
    }
  }

  /// Numbers whose squares leave Float's range.
  @Test func hugeAndTinyNumbers() {
    for scale in [1e-24, 1e25] as [Float] {
      let points = spread(40, 20, seed: 1)
      let plain = NearestNeighbors(within: points * 0x1p-40, count: 3)
      let scaled = NearestNeighbors(within: points * 0x1p-40 * (scale * 0x1p40), count: 3)
      #expect(plain.indices == scaled.indices)
      #expect(scaled.distances.allSatisfy { $0.isFinite && $0 > 0 })
    }
  }

  @Test func repeatedPointsAreNeighborsAtDistanceZero() {
    let row = spread(1, 12, seed: 4)
    let points = Tensor.concatenated([row, row, spread(5, 12, seed: 9), row], axis: 0)
    let found = NearestNeighbors(within: points, count: 2)
    #expect(Array(found.indices.prefix(4)) == [1, 7, 0, 7])
    #expect(Array(found.distances.prefix(4)) == [0, 0, 0, 0])
    // Open balls of radius 0 hold nothing: copies of one point do not cover each other.
    let copies = Tensor.concatenated([row, row, row, row], axis: 0)
    let measures = NeighborhoodMeasures(of: copies, against: copies, neighbors: 2)
    #expect(measures.precision == 0 && measures.coverage == 0)
  }

  /// For one distribution, E density = 1 and E coverage is known.
  @Test(arguments: [2, 12]) func equalDistributions(width: Int) {
    var random = RandomGenerator(seed: 31)
    var (density, coverage) = (0.0, 0.0)
    let runs = 8
    for _ in 0..<runs {
      let (a, b) = (random.normal(shape: [500, width]), random.normal(shape: [500, width]))
      let measures = NeighborhoodMeasures(of: a, against: b, neighbors: 5)
      density += measures.density / Double(runs)
      coverage += measures.coverage / Double(runs)
    }
    #expect(abs(density - 1) < 0.05)
    #expect(abs(coverage - NeighborhoodMeasures.expectedCoverage(neighbors: 5, real: 500, generated: 500)) < 0.01)
    #expect(abs(NeighborhoodMeasures.expectedCoverage(neighbors: 5, real: 1000, generated: 1000) - 0.96898) < 5e-6)
  }

  @Test func collapseKeepsPrecisionAndLosesRecall() {
    var random = RandomGenerator(seed: 32)
    let real = random.normal(shape: [400, 2])
    let collapsed = random.normal(shape: [400, 2], standardDeviation: 0.05)
    let measures = NeighborhoodMeasures(of: collapsed, against: real, neighbors: 3)
    #expect(measures.precision > 0.9 && measures.recall < 0.05 && measures.coverage < 0.1)
  }
}
