/// How long a training step takes: the time of a longer training minus a shorter one's, which leaves out what does not
/// grow with the steps.
enum StepTime {
  static let columns = [
    Column(title: "us a step", key: "microseconds", decimals: 0), Column(title: "steps", key: "steps", decimals: 0),
    Column(title: "training, s", key: "seconds", decimals: 1),
    Column(title: "ratio to DDPM", key: "ratio", decimals: 2),
  ]

  /// The columns' values of a training of `steps` steps, and its time's ratio to another's of `otherSteps`, both timed
  /// over trainings of `short` and of `long` steps.
  static func values(
    steps: Int, from short: Int, to long: Int, _ train: (Int) throws -> Void, against otherSteps: Int,
    _ other: (Int) throws -> Void
  ) throws -> [String: Double] {
    let own = try seconds(short, long, train)
    let reference = try seconds(short, long, other)
    return [
      "microseconds": own * 1e6, "steps": Double(steps), "seconds": own * Double(steps),
      "ratio": own * Double(steps) / (reference * Double(otherSteps)),
    ]
  }

  private static func seconds(_ short: Int, _ long: Int, _ train: (Int) throws -> Void) throws -> Double {
    let clock = ContinuousClock()
    let shorter = try clock.measure { try train(short) }
    let longer = try clock.measure { try train(long) }
    return (longer - shorter) / Duration.seconds(long - short)
  }
}
