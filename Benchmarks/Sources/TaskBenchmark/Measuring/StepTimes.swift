/// The wall-clock times of blocks of training steps, in microseconds a step.
struct StepTimes {
  private(set) var blocks: [Double] = []

  /// Runs the steps in blocks of the given length, and times each block.
  mutating func run(steps: Int, block: Int, _ step: () throws -> Void) rethrows {
    let clock = ContinuousClock()
    for _ in 0..<steps / block {
      let time = try clock.measure { for _ in 0..<block { try step() } }
      blocks.append(microseconds(time) / Double(block))
    }
  }

  var median: Double { middle(blocks) }
  var minimum: Double { blocks.min() ?? .nan }
}

func microseconds(_ time: Duration) -> Double {
  Double(time.components.seconds) * 1e6 + Double(time.components.attoseconds) / 1e12
}

func middle(_ values: [Double]) -> Double {
  values.isEmpty ? .nan : values.sorted()[values.count / 2]
}
