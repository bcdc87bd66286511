public import NeuralNetworks
internal import SnippetProtocol
internal import TensorCore

/// Computes a value once and keeps it: the next run of the lesson, and every run of a later cell, has it at once.
///
///     let table = memo("accuracy") {
///       seeds.map { seed in accuracy(trainedWith: seed) }
///     }
///
/// It is computed again when anything changes that it could depend on: LessonKit, the compiler, a data file, or a letter of
/// the code up to and including this cell (also of inline expressions, and of functions and types further down). Prose
/// may change.
///
/// The closure runs in a copy of the process, so that nothing but its value comes back, whether it was computed or kept:
/// a random generator that it draws from stands where it stood. What it prints is kept and printed each time. It can
/// neither show figures nor claim anything; do that with its value. An error that it throws ends the lesson.
///
/// - Parameters:
///   - name: the value's name in this cell. In a loop, give each value its own: `memo("run-\(seed)")`.
///   - compute: gives a number, a text, a `Tensor`, an array, a dictionary, or any type of yours that is `Codable`.
public func memo<Value: Codable>(_ name: String, _ compute: () throws -> Value) -> Value {
  let file = MemoStore.file(name, type: String(reflecting: Value.self))
  return kept(
    in: file, name, decode: { MemoDecoder.decode(Value.self, from: $0) },
    compute: { try MemoEncoder.encode(try compute()) })
}

/// Changes a model, most often by training it, and keeps its weights.
///
///     var network = Autoencoder(widths: [784, 256, 32], using: &random)
///     let losses = memo("training", &network) { network in
///       try network.train(on: images, configuration: plan, using: &random).losses
///     }
///
/// As with ``memo(_:_:)``, the model and the closure's result are all that comes back.
@discardableResult
public func memo<Model: Module, Value: Codable>(
  _ name: String, _ model: inout Model, _ change: (inout Model) throws -> Value
) -> Value {
  let file = MemoStore.file(name, type: "\(String(reflecting: Model.self)), \(String(reflecting: Value.self))")
  let before = model
  let result = kept(
    in: file, name, decode: { ModelAndValue<Model, Value>(decoding: $0, like: before) },
    compute: {
      var changed = before
      let value = try change(&changed)
      return try ModelAndValue(model: changed, value: value).encoded()
    })
  model = result.model
  return result.value
}

/// Changes a model, most often by training it, and keeps its weights.
public func memo<Model: Module>(_ name: String, _ model: inout Model, _ change: (inout Model) throws -> Void) {
  memo(name, &model) { (model: inout Model) -> Bool in
    try change(&model)
    return true
  }
}

/// The value in a file, or else a computed one, which the file then keeps; prints what was printed when it was computed.
func kept<Value>(
  in file: MemoFile?, _ name: String, mayPrint: Bool = true, decode: ([UInt8]) -> Value?,
  compute: () throws -> [UInt8]
) -> Value {
  if let stored = file?.read(), let (text, bytes) = parts(of: stored), let value = decode(bytes) {
    printAgain(text)
    return value
  }
  let (bytes, text) = MemoCopy.bytes(named: name, compute)
  if !mayPrint, !text.isEmpty {
    trap("memo", "the training \"\(name)\" prints; what it printed would be missing after an interruption")
  }
  guard let value = decode(bytes) else {
    // Encoding and decoding are inverse to each other but for a type whose own `Codable` is at odds with itself.
    trap("memo", "the value \"\(name)\" cannot be read back; its type's encode(to:) and init(from:) do not agree")
  }
  var writer = WireWriter()
  writer.write(text)
  writer.write(bytes)
  file?.write(writer.bytes)
  printAgain(text)
  return value
}

private func parts(of stored: [UInt8]) -> (text: [UInt8], value: [UInt8])? {
  var reader = WireReader(stored)
  guard let text = try? reader.readBytes(), let value = try? reader.readBytes(), (try? reader.finish()) != nil else {
    return nil
  }
  return (text, value)
}

private func printAgain(_ text: [UInt8]) {
  if !text.isEmpty { print(String(decoding: text, as: UTF8.self), terminator: "") }
}

private struct ModelAndValue<Model: Module, Value: Codable> {
  var model: Model
  var value: Value

  init(model: Model, value: Value) {
    self.model = model
    self.value = value
  }

  init?(decoding bytes: [UInt8], like model: Model) {
    var reader = WireReader(bytes)
    var model = model
    guard let weights = try? reader.readBytes(), let stored = try? reader.readBytes(),
      let contents = try? Safetensors(decoding: weights), (try? model.load(contents)) != nil,
      let value = MemoDecoder.decode(Value.self, from: stored)
    else { return nil }
    self.model = model
    self.value = value
  }

  func encoded() throws -> [UInt8] {
    var writer = WireWriter()
    writer.write(Safetensors(of: model).encoded())
    writer.write(try MemoEncoder.encode(value))
    return writer.bytes
  }
}
