internal import TensorCore

/// What a run gave, in the order in which it came about: where two builds part ways, the first place that differs is
/// the place to look at.
public struct Outcome: Sendable {
  /// A named intermediate result and the fingerprint of its bits.
  public struct Place: Sendable, Hashable {
    public let name: String
    public let fingerprint: Fingerprint
  }

  public private(set) var places: [Place] = []

  /// The losses of a training's steps.
  public private(set) var losses: [Float] = []

  /// The fingerprint of everything that was noted.
  public private(set) var fingerprint = Fingerprint()

  public init() {}

  /// Notes a result.
  mutating func note(_ name: String, _ tensors: [Tensor]) {
    var own = Fingerprint()
    own.add(tensors)
    places.append(Place(name: name, fingerprint: own))
    fingerprint.add(tensors)
  }

  mutating func note(_ name: String, _ tensor: Tensor) { note(name, [tensor]) }

  mutating func note(_ name: String, _ numbers: [Double]) {
    var own = Fingerprint()
    for number in numbers {
      own.add(number)
      fingerprint.add(number)
    }
    places.append(Place(name: name, fingerprint: own))
  }

  mutating func note(_ name: String, _ numbers: [Int]) {
    var own = Fingerprint()
    own.add(numbers)
    places.append(Place(name: name, fingerprint: own))
    fingerprint.add(numbers)
  }

  /// Notes the loss of a step, counted from 0.
  mutating func note(loss: Float, step: Int) {
    losses.append(loss)
    note("loss of step " + String(step), Tensor(loss))
  }
}
