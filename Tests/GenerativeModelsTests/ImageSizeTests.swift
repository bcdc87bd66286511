import GenerativeModels
import TensorCore
import TestSupport
import Testing

/// Rows that are no images, and images that are not square, are refused with the shape and what would do.
@Suite struct ImageSizeTests {
  @Test func rowsMustBeSquareImages() async {
    expectTrap(
      "Views: needs images [n, h, w, c], or rows [n, h * h] of square grey ones, not [2, 6]; "
        + "reshape them to [n, h, w, c] first",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        _ = Views()(Tensor(zeros: [2, 6]), using: &random)
      })
    expectTrap(
      "Rotations: needs images [n, h, w, c], or rows [n, h * h] of square grey ones, not [1, 6]; "
        + "reshape them to [n, h, w, c] first",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Rotations()(Tensor(zeros: [1, 6]), 1)
      })
    expectTrap(
      "Corruption.blankSquare: needs images [n, h, w, c], or rows [n, h * h] of square grey ones, not [3, 5]; "
        + "reshape them to [n, h, w, c] first",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var random = RandomGenerator(seed: 1)
        _ = Corruption.blankSquare(side: 1)(Tensor(zeros: [3, 5]), using: &random)
      })
  }

  @Test func onlySquaresAreTurned() async {
    expectTrap(
      "Rotations: images [1, 4, 5, 1] are not square; crop or pad them to a square first",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Rotations()(Tensor(zeros: [1, 4, 5, 1]), 1)
      })
  }
}
