import Metrics
import TensorCore
import TestSupport
import Testing

@Suite struct SymmetricEigenTests {
  @Test func agreesWithNumPy() {
    let eigen = SymmetricEigen(ofSymmetric: ComponentsReference.square, order: 9)
    for (value, expected) in zip(eigen.values, ComponentsReference.squareValues) {
      #expect(abs(value - expected) < 1e-13)
    }
    for (value, expected) in zip(eigen.vectors, ComponentsReference.squareVectors) {
      #expect(abs(value - expected) < 1e-12)
    }
  }

  /// The matrix of second differences has the eigenvalues 2 - 2 cos(k pi / (n + 1)).
  @Test(arguments: [1, 2, 3, 50]) func secondDifferences(order n: Int) {
    var matrix = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      matrix[i * n + i] = 2
      if i > 0 {
        matrix[i * n + i - 1] = -1
        matrix[(i - 1) * n + i] = -1
      }
    }
    let values = SymmetricEigen(ofSymmetric: matrix, order: n).values
    for k in 1...n {
      #expect(abs(values[n - k] - (2 - 2 * cos(Double(k) * Double.pi / Double(n + 1)))) < 1e-13)
    }
  }

  /// Repeated eigenvalues, zeros, and entries far apart in size.
  @Test func degenerateMatrices() {
    #expect(SymmetricEigen(ofSymmetric: [Double](repeating: 0, count: 16), order: 4).values == [0, 0, 0, 0])
    let ones = SymmetricEigen(ofSymmetric: [Double](repeating: 1, count: 25), order: 5)
    #expect(abs(ones.values[0] - 5) < 1e-14)
    #expect(ones.values.dropFirst().allSatisfy { abs($0) < 1e-14 })
    #expect(ones.vectors.prefix(5).allSatisfy { abs($0 - 0.2.squareRoot()) < 1e-15 })
    let scaled = SymmetricEigen(ofSymmetric: [3e200, 0, 1e200, 0, 1e-200, 0, 1e200, 0, 3e200], order: 3)
    #expect(abs(scaled.values[0] / 4e200 - 1) < 1e-15)
    #expect(abs(scaled.values[1] / 2e200 - 1) < 1e-15)
    #expect(abs(scaled.values[2]) < 1e185)
  }

  @Test func vectorsAreOrthonormalAndSolveTheEquation() {
    let n = 120
    var random = RandomGenerator(seed: 11)
    let draws = random.normal(shape: [n, n]).scalars
    var matrix = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0..<n { matrix[i * n + j] = Double(draws[i * n + j]) + Double(draws[j * n + i]) }
    }
    let eigen = SymmetricEigen(ofSymmetric: matrix, order: n)
    var (worstResidual, worstProduct) = (0.0, 0.0)
    for r in 0..<n {
      for i in 0..<n {
        var (image, product) = (0.0, 0.0)
        for j in 0..<n {
          image += matrix[i * n + j] * eigen.vectors[r * n + j]
          product += eigen.vectors[r * n + j] * eigen.vectors[i * n + j]
        }
        worstResidual = max(worstResidual, abs(image - eigen.values[r] * eigen.vectors[r * n + i]))
        worstProduct = max(worstProduct, abs(product - (r == i ? 1 : 0)))
      }
    }
    #expect(worstResidual < 1e-12)
    #expect(worstProduct < 1e-13)
  }
}

@Suite struct PrincipalComponentsTests {
  static let data = Tensor(ComponentsReference.data.map { Float($0) }, shape: [20, 6])
  let components = PrincipalComponents(of: data, count: 2)

  private func expectClose(_ values: [Double], _ expected: [Double], within tolerance: Double) {
    #expect(values.count == expected.count)
    for (value, wanted) in zip(values, expected) { #expect(abs(value - wanted) < tolerance) }
  }

  @Test func agreesWithNumPy() {
    expectClose(components.mean, ComponentsReference.mean, within: 1e-13)
    expectClose(components.eigenvalues, ComponentsReference.eigenvalues, within: 2e-6)
    expectClose(components.components.scalars.map(Double.init), ComponentsReference.vectors, within: 2e-6)
    expectClose(components.transform(Self.data).scalars.map(Double.init), ComponentsReference.codes, within: 1e-5)
    expectClose(
      components.reconstruct(Self.data).scalars.map(Double.init), ComponentsReference.reconstruction, within: 1e-5)
  }

  @Test func theErrorIsTheDiscardedVariance() {
    let error = meanSquaredError(of: components.reconstruct(Self.data), to: Self.data) * 6
    #expect(abs(error / components.discardedVariance - 1) < 1e-5)
    expectClose(
      [components.discardedVariance], [ComponentsReference.eigenvalues.dropFirst(2).reduce(0, +)], within: 2e-6)
    #expect(components.explainedVariance == Array(components.eigenvalues.prefix(2)))
    #expect(
      abs(
        components.explainedVarianceRatio.reduce(0, +)
          - (1 - components.discardedVariance / components.eigenvalues.reduce(0, +))) < 1e-12)
  }

  @Test func allComponentsLoseNothing() {
    let all = PrincipalComponents(of: Self.data, count: 6)
    #expect(meanSquaredError(of: all.reconstruct(Self.data), to: Self.data) < 1e-11)
    #expect(all.discardedVariance == 0)
  }

  @Test func badInputStops() async {
    expectTrap(
      "PrincipalComponents: data of shape [2, 3] have 1...3 components, not 4",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = PrincipalComponents(of: Tensor(zeros: [2, 3]), count: 4)
      })
    expectTrap(
      "PrincipalComponents: the data must be rows of numbers, [n, d], not [3]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = PrincipalComponents(of: Tensor([1, 2, 3]), count: 1)
      })
    expectTrap(
      "PrincipalComponents: the data must be rows of numbers, [n, d], not [0, 3]",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = PrincipalComponents(of: Tensor(zeros: [0, 3]), count: 1)
      })
    expectTrap(
      "PrincipalComponents: the data of shape [1, 2] hold NaN or infinity; remove those rows first",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = PrincipalComponents(of: Tensor([[1, .nan]]), count: 1)
      })
  }
}

@Suite struct ErrorMeasureTests {
  @Test func meansOverAllNumbers() {
    let a = Tensor([[1, 2, 3], [4, 5, 6]])
    let b = Tensor([[1, 0, 3], [4, 5, 9]])
    #expect(meanSquaredError(of: a, to: b) == 13.0 / 6)
    #expect(meanAbsoluteError(of: a, to: b) == 5.0 / 6)
  }

  @Test func differentShapesStop() async {
    await #expect(processExitsWith: .failure) { _ = meanSquaredError(of: Tensor([1, 2]), to: Tensor([1])) }
  }
}
