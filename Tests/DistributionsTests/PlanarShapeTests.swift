import Distributions
import TensorCore
import Testing

@Suite struct PlanarShapeTests {
  static let shapes: [PlanarShape] = [
    .twoMoons(noise: 0), .spirals(arms: 3, turns: 2, noise: 0), .checkerboard(cells: 4), .checkerboard(cells: 3),
    .circles(count: 3, noise: 0), .pinwheel(blades: 5, noise: 0),
  ]

  private func draw(_ shape: PlanarShape, _ count: Int = 3_000) -> (points: [SIMD2<Double>], labels: [Int]) {
    var random = RandomGenerator(seed: 21)
    let drawn = shape.sample(count, using: &random)
    let values = drawn.points.scalars.map(Double.init)
    return ((0..<count).map { SIMD2(values[2 * $0], values[2 * $0 + 1]) }, drawn.labels)
  }

  @Test(arguments: shapes) func everyLabelIsEquallyLikely(_ shape: PlanarShape) {
    let (_, labels) = draw(shape)
    for label in 0..<shape.labelCount {
      let expected = 3_000 / Double(shape.labelCount)
      #expect(abs(Double(labels.count { $0 == label }) - expected) < 5 * expected.squareRoot())
    }
  }

  @Test func withoutNoisePointsLieOnTheCurves() {
    let moons = draw(.twoMoons(noise: 0))
    for (point, label) in zip(moons.points, moons.labels) {
      let center = label == 0 ? SIMD2(0, 0) : SIMD2(1, 0.5)
      let offset = point - center
      #expect(abs((offset * offset).sum() - 1) < 1e-6)
      #expect(label == 0 ? offset.y > -1e-7 : offset.y < 1e-7)
    }
    let circles = draw(.circles(count: 4, noise: 0))
    for (point, label) in zip(circles.points, circles.labels) {
      #expect(abs((point * point).sum().squareRoot() - (1 - 0.25 * Double(label))) < 1e-6)
    }
    let spirals = draw(.spirals(arms: 2, turns: 1.5, noise: 0))
    for (point, label) in zip(spirals.points, spirals.labels) {
      let radius = (point * point).sum().squareRoot()
      let angle = 2 * Double.pi * (1.5 * radius + Double(label) / 2)
      #expect(abs(point.x - radius * cos(angle)) < 1e-5 && abs(point.y - radius * sin(angle)) < 1e-5)
    }
  }

  @Test(arguments: [1, 2, 3, 4, 7]) func checkerboardIsDarkAndFull(cells: Int) {
    let board = draw(.checkerboard(cells: cells), 5_000)
    var seen: [Int: Int] = [:]
    for (point, label) in zip(board.points, board.labels) {
      let place = (point + 1) / 2 * Double(cells)
      let (column, row) = (Int(place.x), Int(place.y))
      #expect((0..<cells).contains(column) && (0..<cells).contains(row))
      #expect((row + column) % 2 == 0)
      #expect(seen[row * cells + column, default: label] == label)
      seen[row * cells + column] = label
    }
    #expect(seen.count == (cells * cells + 1) / 2)
    #expect(seen.sorted { $0.key < $1.key }.map(\.value) == Array(0..<seen.count))
  }

  @Test func noiseIsAddedInFull() {
    let circles = draw(.circles(count: 1, noise: 0.1), 20_000)
    let radii = circles.points.map { ($0 * $0).sum() }
    // E|u + noise|^2 = 1 + 2 noise^2.
    #expect(abs(radii.reduce(0, +) / 20_000 - 1.02) < 0.006)
    let pinwheel = draw(.pinwheel(blades: 1, noise: 0.05), 20_000)
    let squares = pinwheel.points.reduce(0) { $0 + ($1 * $1).sum() } / 20_000
    #expect(abs(squares - (1 + 0.09 + 0.0025)) < 0.02)
  }
}
