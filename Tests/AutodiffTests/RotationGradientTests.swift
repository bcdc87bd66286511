import Autodiff
import TensorCore
import TestSupport
import Testing

@Suite struct RotationGradientTests {
  @Test(arguments: -1...4) func quarterTurns(_ turns: Int) {
    FiniteDifferences().check([numbers([2, 2, 3, 2])]) { $0[0].rotated(quarterTurns: turns) }
  }
}
