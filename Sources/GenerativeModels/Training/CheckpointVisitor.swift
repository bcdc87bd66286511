public import NeuralNetworks
public import TensorCore

/// Writes the state of a training into a ``Checkpoint`` or reads it from one: whatever is shown to it, under a name.
///
/// One list, ``ResumableLearner/visitState(_:)``, serves both ways, so that they cannot disagree.
public struct CheckpointVisitor {
  private enum Direction { case saving, restoring }

  private let direction: Direction
  /// What was written, or what has not been read yet.
  private(set) var tensors: [Safetensors.Entry] = []
  private(set) var texts: [String: String] = [:]
  private var places: [String: Int] = [:]
  /// The first thing that did not fit.
  private(set) var problem: String?

  /// For saving.
  init() { direction = .saving }

  /// For restoring.
  init(reading contents: Safetensors) {
    direction = .restoring
    tensors = contents.entries
    texts = contents.metadata
    for (index, entry) in tensors.enumerated() { places[entry.name] = index }
  }

  /// The name of a tensor that nobody has asked for.
  var leftover: String? { places.keys.min() }

  /// The parameters and buffers of a network.
  public mutating func visit(_ name: String, _ module: inout some Module) {
    let own = Safetensors(of: module)
    guard direction == .restoring else {
      for entry in own.entries { save(name + "." + entry.name, entry.tensor) }
      return
    }
    var found: [Safetensors.Entry] = []
    for entry in own.entries {
      guard let tensor = take(name + "." + entry.name, shape: entry.tensor.shape) else { return }
      found.append(Safetensors.Entry(name: entry.name, tensor: tensor))
    }
    do throws(WeightsError) {
      try module.load(Safetensors(found))
    } catch {
      report(error.description)
    }
  }

  /// The moments and the step of an optimizer for a model.
  public mutating func visit<Method: Optimizer>(_ name: String, _ optimizer: inout Method, of model: some Module) {
    var state = optimizer.state
    visit(name + ".step", &state.step)
    let names = model.parameterNames
    let shapes = model.parameters.map { $0.shape }
    for kind in state.moments.indices {
      let prefix = name + ".moment" + String(kind) + "."
      if direction == .saving {
        for (index, moment) in state.moments[kind].enumerated() { save(prefix + names[index], moment) }
      } else {
        var moments: [Tensor] = []
        // Before the first step there are none.
        if state.step > 0, has(prefix + (names.first ?? "")) {
          for (parameter, shape) in zip(names, shapes) {
            guard let moment = take(prefix + parameter, shape: shape) else { return }
            moments.append(moment)
          }
        }
        state.moments[kind] = moments
      }
    }
    if direction == .restoring, problem == nil { optimizer.state = state }
  }

  /// The averaged weights.
  public mutating func visit<Model: Module>(_ name: String, _ average: inout ExponentialMovingAverage<Model>) {
    visit(name + ".weights", &average.average)
    visit(name + ".step", &average.step)
  }

  /// A tensor, whose shape must stay.
  public mutating func visit(_ name: String, _ tensor: inout Tensor) {
    guard direction == .restoring else { return save(name, tensor) }
    if let found = take(name, shape: tensor.shape) { tensor = found }
  }

  /// A whole number.
  public mutating func visit(_ name: String, _ number: inout Int) {
    guard direction == .restoring else {
      texts[name] = String(number)
      return
    }
    guard let text = text(name) else { return }
    guard let found = Int(text) else { return report("the entry " + name + " is no whole number") }
    number = found
  }

  /// Numbers in double precision, whose count may differ. Each is kept as four 16-bit parts, which Float holds exactly.
  public mutating func visit(_ name: String, _ numbers: inout [Double]) {
    guard direction == .restoring else {
      var parts: [Float] = []
      for number in numbers {
        for part in 0..<4 { parts.append(Float(number.bitPattern >> (16 * UInt64(part)) & 0xFFFF)) }
      }
      return save(name, Tensor(parts, shape: [numbers.count, 4]))
    }
    guard let parts = take(name, shape: nil) else { return }
    guard parts.rank == 2, parts.shape[1] == 4 else { return report("the entry " + name + " holds no double numbers") }
    let scalars = parts.scalars
    numbers = []
    for index in 0..<parts.shape[0] {
      var bits: UInt64 = 0
      for part in 0..<4 {
        guard let word = UInt16(exactly: scalars[4 * index + part]) else {
          return report("the entry " + name + " holds no double numbers")
        }
        bits |= UInt64(word) << (16 * UInt64(part))
      }
      numbers.append(Double(bitPattern: bits))
    }
  }

  /// A random generator, with the place in its stream.
  public mutating func visit(_ name: String, _ random: inout RandomGenerator) {
    guard direction == .restoring else {
      var text = ""
      for number in random.state { text += (text.isEmpty ? "" : " ") + String(number, radix: 16) }
      texts[name] = text
      return
    }
    guard let text = text(name) else { return }
    var state: [UInt64] = []
    for part in text.utf8.split(separator: UInt8(ascii: " ")) {
      if let number = UInt64(String(decoding: part, as: UTF8.self), radix: 16) { state.append(number) }
    }
    guard let found = RandomGenerator(state: state) else {
      return report("the entry " + name + " is no state of a random generator")
    }
    random = found
  }

  /// Notes what does not fit; the first such thing counts.
  mutating func report(_ text: String) { problem = problem ?? text }

  /// Whether there is a text of that name to be read.
  func hasText(_ name: String) -> Bool { texts[name] != nil }

  private func has(_ name: String) -> Bool { places[name] != nil }

  private mutating func save(_ name: String, _ tensor: Tensor) {
    tensors.append(Safetensors.Entry(name: name, tensor: tensor))
  }

  private mutating func text(_ name: String) -> String? {
    guard let text = texts[name] else {
      report("it has no entry " + name)
      return nil
    }
    return text
  }

  private mutating func take(_ name: String, shape: [Int]?) -> Tensor? {
    guard let place = places.removeValue(forKey: name) else {
      report("it has no tensor " + name)
      return nil
    }
    let tensor = tensors[place].tensor
    guard shape == nil || tensor.shape == shape else {
      report(
        "its tensor " + name + " is " + describe(tensor.shape) + ", where " + describe(shape ?? []) + " is expected")
      return nil
    }
    return tensor
  }
}
