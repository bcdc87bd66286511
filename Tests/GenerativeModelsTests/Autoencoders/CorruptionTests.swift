import GenerativeModels
import TensorCore
import Testing

@Suite struct CorruptionTests {
  let grey = Tensor(repeating: 0.5, shape: [50, 400])

  @Test func gaussianNoiseHasItsDeviation() {
    var random = RandomGenerator(seed: 3)
    let noise = Corruption.gaussianNoise(standardDeviation: 0.2)(grey, using: &random).scalars.map { Double($0) - 0.5 }
    let mean = noise.reduce(0, +) / Double(noise.count)
    let variance = noise.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(noise.count)
    // 20,000 draws: five standard errors.
    #expect(abs(mean) < 0.0071)
    #expect(abs(variance.squareRoot() - 0.2) < 0.005)
  }

  @Test func maskingBlanksItsShare() {
    var random = RandomGenerator(seed: 3)
    let pixels = Corruption.masking(probability: 0.25)(grey, using: &random).scalars
    let blank = pixels.count { $0 == 0 }
    #expect(pixels.allSatisfy { $0 == 0 || $0 == 0.5 })
    #expect(abs(Double(blank) / 20_000 - 0.25) < 0.0154)
  }

  @Test func saltAndPepperComeInEqualShares() {
    var random = RandomGenerator(seed: 3)
    let pixels = Corruption.saltAndPepper(probability: 0.4)(grey, using: &random).scalars
    #expect(abs(Double(pixels.count { $0 == 0 }) / 20_000 - 0.2) < 0.0142)
    #expect(abs(Double(pixels.count { $0 == 1 }) / 20_000 - 0.2) < 0.0142)
    #expect(pixels.allSatisfy { [0, 0.5, 1].contains($0) })
  }

  @Test func theBlankSquareIsOneSquareInside() {
    var random = RandomGenerator(seed: 3)
    let damaged = Corruption.blankSquare(side: 7)(grey, using: &random)
    var corners: Set<[Int]> = []
    for image in 0..<50 {
      let pixels = damaged.rows(image..<image + 1).scalars
      let blank = pixels.indices.filter { pixels[$0] == 0 }
      #expect(blank.count == 49)
      let rows = Set(blank.map { $0 / 20 })
      let columns = Set(blank.map { $0 % 20 })
      #expect(rows.count == 7 && columns.count == 7)
      corners.insert([blank[0] / 20, blank[0] % 20])
    }
    #expect(corners.count > 30)
  }

  @Test func theSameSeedGivesTheSameDamage() {
    for corruption in [
      Corruption.gaussianNoise(standardDeviation: 1), .masking(probability: 0.5), .blankSquare(side: 3),
    ] {
      var (first, second) = (RandomGenerator(seed: 9), RandomGenerator(seed: 9))
      #expect(corruption(grey, using: &first) == corruption(grey, using: &second))
      #expect(corruption(grey, using: &first) != corruption(grey, using: &first))
    }
  }

  @Test func aSquareTooLargeStops() async {
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      _ = Corruption.blankSquare(side: 29)(Tensor(repeating: 0, shape: [1, 784]), using: &random)
    }
  }
}
