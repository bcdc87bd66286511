import Metrics
import TensorCore
import TestSupport
import Testing

/// The adjacency matrix of a graph with the given edges.
private func adjacency(_ count: Int, _ edges: [(Int, Int)]) -> Tensor {
  var matrix = Tensor(zeros: [count, count])
  for (i, j) in edges {
    matrix[i, j] = 1
    matrix[j, i] = 1
  }
  return matrix
}

private func grid(_ rows: Int, _ columns: Int) -> Tensor {
  let places = (0..<rows).flatMap { row in (0..<columns).map { (row, $0) } }
  let right = places.filter { $0.1 + 1 < columns }.map { ($0.0 * columns + $0.1, $0.0 * columns + $0.1 + 1) }
  let down = places.filter { $0.0 + 1 < rows }.map { ($0.0 * columns + $0.1, ($0.0 + 1) * columns + $0.1) }
  return adjacency(rows * columns, right + down)
}

/// Two circles of n vertices, each vertex joined with its like.
private func ladder(_ n: Int) -> Tensor {
  adjacency(2 * n, (0..<n).flatMap { [($0, ($0 + 1) % n), (n + $0, n + ($0 + 1) % n), ($0, n + $0)] })
}

private let grids = [(2, 3), (3, 3), (2, 5), (3, 4)].map { grid($0.0, $0.1) }
private let ladders = [3, 4, 5].map { ladder($0) }

private func degrees(_ adjacency: Tensor) -> [Double] { adjacency.sum(axis: 1).scalars.map { Double($0) } }

@Suite struct LaplacianSpectrumTests {
  private func expectEqual(
    _ found: [Double], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-13, "\(found)", sourceLocation: sourceLocation) }
  }

  @Test func agreesWithNetworkX() {
    // The last vertex is alone.
    let mixed = adjacency(
      9, [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (4, 5), (5, 3), (4, 6), (6, 7), (1, 7)])
    expectEqual(laplacianSpectrum(of: mixed), GraphReference.mixedSpectrum)
    expectEqual(laplacianSpectrum(of: grids[3]), GraphReference.gridSpectrum)
    expectEqual(laplacianSpectrum(of: ladders[0]), GraphReference.prismSpectrum)
  }

  /// Complete graph: 0, and n / (n - 1). Circle: 1 - cos(2 pi k / n). Path: 1 - cos(pi k / (n - 1)). Star: 0, 1, 2.
  @Test(arguments: [3, 4, 9]) func knownSpectra(n: Int) {
    let whole = 0..<n
    let complete = adjacency(n, whole.flatMap { i in (0..<i).map { (i, $0) } })
    expectEqual(laplacianSpectrum(of: complete), [0] + [Double](repeating: Double(n) / Double(n - 1), count: n - 1))
    let circle = adjacency(n, whole.map { ($0, ($0 + 1) % n) })
    expectEqual(
      laplacianSpectrum(of: circle), whole.map { 1 - cos(2 * Double.pi * Double($0) / Double(n)) }.sorted())
    let path = adjacency(n, (1..<n).map { ($0 - 1, $0) })
    expectEqual(laplacianSpectrum(of: path), whole.map { 1 - cos(Double.pi * Double($0) / Double(n - 1)) })
    let star = adjacency(n, (1..<n).map { (0, $0) })
    expectEqual(laplacianSpectrum(of: star), [0] + [Double](repeating: 1, count: n - 2) + [2])
  }

  @Test func numberingAndWeightsScaleDoNotMatter() {
    var random = RandomGenerator(seed: 63)
    let order = random.permutation(12)
    let moved = grids[3].gatheringRows(at: order).transposed().gatheringRows(at: order)
    #expect(moved != grids[3])
    expectEqual(laplacianSpectrum(of: moved), laplacianSpectrum(of: grids[3]))
    expectEqual(laplacianSpectrum(of: grids[3] * 8), laplacianSpectrum(of: grids[3]))
    #expect(laplacianSpectrum(of: Tensor(zeros: [3, 3])) == [0, 0, 0])
  }

  @Test func badInputStops() async {
    expectTrap(
      "laplacianSpectrum: adjacency: needs a square matrix [n, n] with n of 1 or more, not [2, 3]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = laplacianSpectrum(of: Tensor(zeros: [2, 3]))
      })
    expectTrap(
      "laplacianSpectrum: adjacency: entries (1, 0) and (0, 1) are 0.0 and 1.0; they must be equal, "
        + "0 or more, and 0 on the diagonal",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = laplacianSpectrum(of: Tensor([[0, 1], [0, 0]]))
      })
    expectTrap(
      "laplacianSpectrum: adjacency: entries (0, 0) and (0, 0) are 1.0",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = laplacianSpectrum(of: Tensor([[1, 1], [1, 1]]))
      })
  }
}

@Suite struct GraphDiscrepancyTests {
  @Test func agreesWithPOT() {
    let spectral = squaredMMD(
      grids.map { laplacianSpectrum(of: $0) }, ladders.map { laplacianSpectrum(of: $0) }, bandwidth: 0.1)
    #expect(abs(spectral - GraphReference.spectralMMD[0]) < 1e-12)
    let byDegrees = squaredMMD(grids.map { degrees($0) }, ladders.map { degrees($0) }, bandwidth: 1)
    #expect(abs(byDegrees - GraphReference.degreeMMD[0]) < 1e-12)
  }

  /// Every vertex has three neighbours and none is in a triangle, so that neither degrees nor clustering tell a ladder
  /// from several graphs K(3, 3) side by side. Spectra do.
  @Test func spectraTellWhatDegreesDoNot() {
    let utilities = [2, 3].map { copies in
      adjacency(
        6 * copies,
        (0..<copies).flatMap { copy in
          (0..<9).map { (6 * copy + $0 / 3, 6 * copy + 3 + $0 % 3) }
        })
    }
    let others = [6, 9].map { ladder($0) }
    #expect(squaredMMD(utilities.map { degrees($0) }, others.map { degrees($0) }, bandwidth: 1) == 0)
    let spectral = squaredMMD(
      utilities.map { laplacianSpectrum(of: $0) }, others.map { laplacianSpectrum(of: $0) }, bandwidth: 0.1)
    #expect(spectral > 1, "\(spectral)")
  }

  /// Random graphs: of one kind the mean over many pairs of sets is 0, of two kinds it is not.
  @Test func theEstimateIsUnbiased() {
    var random = RandomGenerator(seed: 64)
    func graphs(_ count: Int, share: Float) -> [[Double]] {
      (0..<count).map { _ in
        let draws = random.uniform(shape: [8, 8])
        let edges = (0..<8).flatMap { i in (0..<i).filter { draws[i, $0] < share }.map { (i, $0) } }
        return laplacianSpectrum(of: adjacency(8, edges))
      }
    }
    let values = (0..<200).map { _ in squaredMMD(graphs(5, share: 0.4), graphs(4, share: 0.4), bandwidth: 0.2) }
    #expect(MeanEstimate(of: values, confidence: 0.999).interval.contains(0))
    #expect(values.contains { $0 < 0 } && values.contains { $0 > 0 })
    #expect(squaredMMD(graphs(20, share: 0.3), graphs(20, share: 0.7), bandwidth: 0.2) > 0.2)
  }

  @Test func badInputStops() async {
    expectTrap(
      "squaredMMD: b: needs at least 2 things to compare, not 1",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = squaredMMD([[1], [2]], [[1]], bandwidth: 1)
      })
    expectTrap(
      "squaredMMD: a: thing 1 needs at least one number, and all must be finite",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = squaredMMD([[1], []], [[1], [2]], bandwidth: 1)
      })
    expectTrap(
      "squaredMMD: bandwidth: must be above 0 and finite, such as 0.3 for spectra, not 0.0",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = squaredMMD([[1], [2]], [[1], [2]], bandwidth: 0)
      })
  }
}
