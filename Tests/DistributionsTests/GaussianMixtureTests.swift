import Distributions
import TensorCore
import Testing

@Suite struct GaussianMixtureTests {
  /// Three components that differ in everything, in three dimensions.
  static let mixture = GaussianMixture(
    means: Tensor([[0, 0, 0], [2, -1, 0.5], [-1, 1.5, 1]]), standardDeviations: [0.5, 0.8, 0.3],
    weights: [0.5, 0.3, 0.2])

  /// log p by the plain sum, in which nothing underflows near the modes.
  private func plainLogDensity(_ x: [Double]) -> Double {
    let means: [[Double]] = [[0, 0, 0], [2, -1, 0.5], [-1, 1.5, 1]]
    var sum = 0.0
    for (k, mean) in means.enumerated() {
      let variance = [0.25, 0.8 * 0.8, 0.3 * 0.3][k]
      let distance = zip(x, mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      sum += [0.5, 0.3, 0.2][k] * exp(-distance / (2 * variance)) / pow(2 * Double.pi * variance, 1.5)
    }
    return log(sum)
  }

  @Test func densityIsTheSumOfItsComponents() {
    var random = RandomGenerator(seed: 3)
    let points = random.normal(shape: [50, 3])
    let rows = points.scalars.map(Double.init)
    for (row, value) in Self.mixture.logDensity(points).enumerated() {
      let expected = plainLogDensity(Array(rows[3 * row..<3 * row + 3]))
      #expect(abs(value - expected) < 1e-13 * max(1, abs(expected)))
    }
  }

  @Test func densityIntegratesToOne() {
    let ring = GaussianMixture.ring(modes: 5, radius: 1, standardDeviation: 0.2)
    let step = 0.02
    var points: [[Float]] = []
    for i in -125...125 {
      for j in -125...125 { points.append([Float(Double(i) * step), Float(Double(j) * step)]) }
    }
    let mass = ring.logDensity(Tensor(points)).reduce(0) { $0 + exp($1) } * step * step
    #expect(abs(mass - 1) < 1e-6)
  }

  /// Finite differences of the density, which has another code path.
  @Test func scoreIsTheGradientOfTheLogDensity() {
    var random = RandomGenerator(seed: 4)
    let points = random.normal(shape: [20, 3])
    let score = Self.mixture.score(points)
    let step: Float = 0x1p-10
    for axis in 0..<3 {
      var (above, below) = (points, points)
      for row in 0..<20 {
        above[row, axis] += step
        below[row, axis] -= step
      }
      let (high, low) = (Self.mixture.logDensity(above), Self.mixture.logDensity(below))
      for row in 0..<20 {
        let width = Double(above[row, axis]) - Double(below[row, axis])
        let slope = (high[row] - low[row]) / width
        #expect(abs(Double(score[row, axis]) - slope) < 1e-4 * max(1, abs(slope)))
      }
    }
  }

  @Test func posteriorIsBayesRule() {
    let points = Tensor([[0.5, -0.25, 0.25], [2, -1, 0.5], [100, 100, 100]])
    let posterior = Self.mixture.posterior(points)
    for row in 0..<3 { #expect(abs((0..<3).reduce(0) { $0 + posterior[row, $1] } - 1) < 1e-6) }
    let single = GaussianMixture(means: Tensor([[2, -1, 0.5]]), standardDeviation: 0.8)
    let joint = log(0.3) + single.logDensity(points)[0]
    #expect(abs(Double(posterior[0, 1]) - exp(joint - Self.mixture.logDensity(points)[0])) < 1e-6)
    // Far away the widest component takes all, though every density underflows there.
    #expect(posterior[2, 1] == 1)
  }

  @Test func farFromEveryModeNothingBreaks() {
    let ring = GaussianMixture.ring(modes: 8, radius: 1, standardDeviation: 0.01)
    let far = Tensor([[1e6, 0], [0, 0]])
    #expect(ring.logDensity(far).allSatisfy { $0.isFinite && $0 < -4000 })
    let score = ring.score(far)
    #expect(abs(score[0, 0] / -1e10 - 1) < 1e-4)
    // In the centre of the ring the modes' pulls cancel.
    #expect(abs(score[1, 0]) < 1e-9 && abs(score[1, 1]) < 1e-9)
  }

  @Test func samplesHaveTheMixturesMomentsAndLabels() {
    var random = RandomGenerator(seed: 5)
    let n = 40_000
    let drawn = Self.mixture.sample(n, using: &random)
    #expect(drawn.points.shape == [n, 3])
    for (k, weight) in [0.5, 0.3, 0.2].enumerated() {
      let share = Double(drawn.labels.count { $0 == k }) / Double(n)
      #expect(abs(share - weight) < 4 * (weight * (1 - weight) / Double(n)).squareRoot())
    }
    let (mean, covariance) = (Self.mixture.mean, Self.mixture.covariance)
    let rows = drawn.points.scalars.map(Double.init)
    for i in 0..<3 {
      let average = (0..<n).reduce(0.0) { $0 + rows[3 * $1 + i] } / Double(n)
      #expect(abs(average - mean[i]) < 4 * (covariance[4 * i] / Double(n)).squareRoot())
      for j in 0..<3 {
        let product = (0..<n).reduce(0.0) { $0 + (rows[3 * $1 + i] - mean[i]) * (rows[3 * $1 + j] - mean[j]) }
        #expect(abs(product / Double(n) - covariance[3 * i + j]) < 0.03)
      }
    }
    // The points of one label lie around that component.
    let narrow = drawn.labels.indices.filter { drawn.labels[$0] == 2 }
    let spread = narrow.reduce(0.0) { $0 + (rows[3 * $1] + 1) * (rows[3 * $1] + 1) } / Double(narrow.count)
    #expect(abs(spread.squareRoot() - 0.3) < 0.01)
  }

  @Test func sameSeedSamePoints() {
    var (a, b) = (RandomGenerator(seed: 9), RandomGenerator(seed: 9))
    let (first, second) = (Self.mixture.sample(100, using: &a), Self.mixture.sample(100, using: &b))
    #expect(first.points == second.points && first.labels == second.labels)
    #expect(Self.mixture.sample(0, using: &a).points.shape == [0, 3])
  }

  @Test func layouts() {
    let ring = GaussianMixture.ring(modes: 4, radius: 2, standardDeviation: 0.1)
    for (value, expected) in zip(ring.means.scalars, [2, 0, 0, 2, -2, 0, 0, -2] as [Float]) {
      #expect(abs(value - expected) < 1e-6)
    }
    let grid = GaussianMixture.grid()
    #expect(grid.componentCount == 25 && grid.means.rows(0..<2).scalars == [-4, -4, -2, -4])
    #expect(grid.means[24, 0] == 4 && grid.means[24, 1] == 4)
    #expect(abs(grid.covariance[0] - (8 + 0.05 * 0.05)) < 1e-13)
    let nearest = grid.nearestModes(Tensor([[-1.5, 0.25], [9, 9]]))
    #expect(nearest.labels == [11, 24])
    #expect(abs(nearest.distances[0] - (0.25 + 0.0625).squareRoot()) < 1e-15)
  }

  @Test func standardizing() {
    let standard = Self.mixture.standardized()
    #expect(standard.mean.allSatisfy { abs($0) < 1e-15 })
    let trace = standard.covariance[0] + standard.covariance[4] + standard.covariance[8]
    #expect(abs(trace / 3 - 1) < 1e-14)
    #expect(abs(standard.standardizingScale - 1) < 1e-14)
    // A density scales with the volume: log p_scaled(c x) = log p(x) - d log c.
    let point = Tensor([[0.5, 0.25, -0.5]])
    let change = Self.mixture.scaled(by: 2).logDensity(point * 2)[0] - Self.mixture.logDensity(point)[0]
    #expect(abs(change + 3 * log(2.0)) < 1e-13)
  }
}

@Suite struct DiffusedMixtureTests {
  static let mixture = GaussianMixtureTests.mixture

  @Test func endsOfTheProcess() {
    #expect(Self.mixture.diffused(alphaBar: 1) == Self.mixture)
    let noise = Self.mixture.diffused(alphaBar: 0)
    #expect(noise.standardDeviations == [1, 1, 1])
    #expect(abs(noise.logDensity(Tensor([[0, 0, 0]]))[0] + 1.5 * log(2 * Double.pi)) < 1e-14)
  }

  @Test func noisingTwiceIsNoisingOnce() {
    let (once, twice) = (
      Self.mixture.diffused(alphaBar: 0.3), Self.mixture.diffused(alphaBar: 0.6).diffused(alphaBar: 0.5)
    )
    let points = Tensor([[0.5, 0.25, -0.5], [1, -1, 0]])
    for (a, b) in zip(once.logDensity(points), twice.logDensity(points)) { #expect(abs(a - b) < 1e-14) }
  }

  /// Samples of the data, noised one by one, have the noised mixture's density: their mean log density is its
  /// negative entropy, as that of its own samples is.
  @Test func agreesWithNoisedSamples() {
    var random = RandomGenerator(seed: 6)
    let noised = Self.mixture.diffused(alphaBar: 0.4)
    let data = Self.mixture.sample(20_000, using: &random).points
    let points = data * Float(0.4.squareRoot()) + random.normal(shape: data.shape) * Float(0.6.squareRoot())
    let own = noised.sample(20_000, using: &random).points
    let total: Double = noised.logDensity(points).reduce(0, +)
    let expected: Double = noised.logDensity(own).reduce(0, +)
    #expect(abs(total - expected) / 20_000 < 0.05)
  }

  /// Tweedie's formula ties the denoiser to the score; the noise follows from x_t = sqrt(abar) x_0 + ... eps.
  @Test func denoiserNoiseAndScoreAgree() {
    var random = RandomGenerator(seed: 7)
    let points = random.normal(shape: [30, 3])
    for alphaBar in [0.999, 0.5, 0.01] {
      let denoised = Self.mixture.denoised(points, alphaBar: alphaBar)
      let score = Self.mixture.diffused(alphaBar: alphaBar).score(points)
      let noise = Self.mixture.expectedNoise(points, alphaBar: alphaBar)
      for index in 0..<90 {
        let (x, s) = (Double(points.scalars[index]), Double(score.scalars[index]))
        let tweedie = (x + (1 - alphaBar) * s) / alphaBar.squareRoot()
        #expect(abs(Double(denoised.scalars[index]) - tweedie) < 2e-6 * max(1, abs(tweedie)))
        let rest = (x - alphaBar.squareRoot() * Double(denoised.scalars[index])) / (1 - alphaBar).squareRoot()
        #expect(abs(Double(noise.scalars[index]) - rest) < 1e-4 * max(1, abs(rest)))
      }
    }
    // With no signal left the best guess is the mean of the data; with no noise it is the point itself.
    let guess = Self.mixture.denoised(points, alphaBar: 0)
    for (axis, mean) in Self.mixture.mean.enumerated() { #expect(abs(Double(guess[3, axis]) - mean) < 1e-6) }
    #expect(Self.mixture.denoised(points, alphaBar: 1) == points)
  }

  /// For one Gaussian N(m, s^2), least error E|x_0 - E[x_0 | x_t]|^2 = s^2 (1 - abar) / V per dimension.
  @Test func errorOfTheBestDenoiser() {
    var random = RandomGenerator(seed: 8)
    let single = GaussianMixture.gaussian(mean: [3], standardDeviation: 0.5)
    let data = single.sample(50_000, using: &random).points
    let noised = data * Float(0.7.squareRoot()) + random.normal(shape: data.shape) * Float(0.3.squareRoot())
    let error = (single.denoised(noised, alphaBar: 0.7) - data).squared().mean().item
    #expect(abs(Double(error) / (0.25 * 0.3 / (0.7 * 0.25 + 0.3)) - 1) < 0.03)
  }
}
