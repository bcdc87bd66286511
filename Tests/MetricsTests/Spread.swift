import TensorCore
import Testing

/// The numbers of `spread` in scripts/reference/swift_literals.py: without a pattern, and without a random generator.
func spread(_ rows: Int, _ columns: Int, scale: Double = 1, seed: Double = 0) -> Tensor {
  let values = (1...rows * columns).map { index in
    let place = Double(index)
    let sum = (place + seed) * 0.6180339887498949 + place * place * 0.0379
    let fraction = sum - sum.rounded(.towardZero)
    return Float((fraction * 2 - 1) * scale)
  }
  return Tensor(values, shape: [rows, columns])
}

/// Two overlapping sets of points, and directions, with the reference values that other packages give for them.
struct ReferenceSets: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let real: Tensor
  let generated: Tensor
  let directions: Tensor
  let overlap3: [Double]
  let overlap5: [Double]
  let frechet: Double
  let sliced: Double
  let polynomial: Double
  let gaussian: Double
  let distances: [Double]
  let neighbors: [Double]

  /// Three dimensions, where distances are summed directly.
  static let narrow = ReferenceSets(
    testDescription: "3 dimensions", real: spread(80, 3, seed: 0.3),
    generated: spread(60, 3, scale: 1.1, seed: 7.7) + 0.15,
    directions: spread(7, 3, seed: 2.1), overlap3: MeasuresReference.narrowOverlap3,
    overlap5: MeasuresReference.narrowOverlap5, frechet: MeasuresReference.narrowFrechet[0],
    sliced: MeasuresReference.narrowSliced[0], polynomial: MeasuresReference.narrowPolynomial[0],
    gaussian: MeasuresReference.narrowGaussian[0], distances: MeasuresReference.narrowDistances,
    neighbors: MeasuresReference.narrowNeighbors)

  /// 24 dimensions, where distances come from matrix products.
  static let wide = ReferenceSets(
    testDescription: "24 dimensions", real: spread(70, 24, seed: 0.3),
    generated: spread(90, 24, scale: 1.1, seed: 7.7) + 0.15,
    directions: spread(7, 24, seed: 2.1), overlap3: MeasuresReference.wideOverlap3,
    overlap5: MeasuresReference.wideOverlap5, frechet: MeasuresReference.wideFrechet[0],
    sliced: MeasuresReference.wideSliced[0], polynomial: MeasuresReference.widePolynomial[0],
    gaussian: MeasuresReference.wideGaussian[0], distances: MeasuresReference.wideDistances,
    neighbors: MeasuresReference.wideNeighbors)

  static let both = [narrow, wide]
}

func isClose(_ value: Double, _ expected: Double, within tolerance: Double) -> Bool {
  abs(value - expected) <= tolerance * max(1, abs(expected))
}
