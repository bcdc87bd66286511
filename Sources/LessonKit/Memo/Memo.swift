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

/// Computes a value for each element, as many at a time as there are threads, and keeps them: the values of several seeds,
/// say.
///
///     let shares = memo("games", each: seeds) { seed in
///       try play(seed: seed).shareOfHighQuality
///     }
///
/// As with ``memo(_:_:)``, each value is computed in a copy of the process, and it is all that comes back. So no element's
/// computation sees what another one's does, and what comes out is what `elements.map` would give, in its order.
///
/// - Parameters:
///   - name: the values' name in this cell.
///   - compute: gives an element's value.
public func memo<Element, Value: Codable>(
  _ name: String, each elements: some Sequence<Element>, _ compute: (Element) throws -> Value
) -> [Value] {
  let elements = Array(elements)
  let files = MemoStore.files(name, count: elements.count, type: String(reflecting: Value.self))
  return kept(
    in: files, name, decode: { MemoDecoder.decode(Value.self, from: $1) },
    compute: { try MemoEncoder.encode(try compute(elements[$0])) })
}

/// Changes each of several models, most often by training it, as many at a time as there are threads, and keeps their
/// weights.
///
///     var networks = seeds.map { Autoencoder(seed: $0) }
///     let losses = memo("training", each: &networks) { network, place in
///       try network.train(on: images, seed: seeds[place]).losses
///     }
///
/// As with ``memo(_:each:_:)``, the models and the closure's results are all that comes back.
@discardableResult
public func memo<Model: Module, Value: Codable>(
  _ name: String, each models: inout [Model], _ change: (inout Model, Int) throws -> Value
) -> [Value] {
  let type = "\(String(reflecting: Model.self)), \(String(reflecting: Value.self))"
  let before = models
  let results = kept(
    in: MemoStore.files(name, count: before.count, type: type), name,
    decode: { ModelAndValue<Model, Value>(decoding: $1, like: before[$0]) },
    compute: { place in
      var changed = before[place]
      let value = try change(&changed, place)
      return try ModelAndValue(model: changed, value: value).encoded()
    })
  models = results.map(\.model)
  return results.map(\.value)
}

/// Changes each of several models, most often by training it, and keeps their weights.
public func memo<Model: Module>(
  _ name: String, each models: inout [Model], _ change: (inout Model, Int) throws -> Void
) {
  memo(name, each: &models) { (model: inout Model, place: Int) -> Bool in
    try change(&model, place)
    return true
  }
}

/// The value in a file, or else a computed one, which the file then keeps; prints what was printed when it was computed.
func kept<Value>(
  in file: MemoFile?, _ name: String, mayPrint: Bool = true, decode: ([UInt8]) -> Value?,
  compute: () throws -> [UInt8]
) -> Value {
  kept(in: [file], name, mayPrint: mayPrint, decode: { decode($1) }, compute: { _ in try compute() })[0]
}

/// The same for several values, those that are not kept computed side by side.
private func kept<Value>(
  in files: [MemoFile?], _ name: String, mayPrint: Bool = true, decode: (Int, [UInt8]) -> Value?,
  compute: (Int) throws -> [UInt8]
) -> [Value] {
  var found: [(text: [UInt8], value: Value)?] = files.indices.map { place in
    guard let stored = files[place]?.read(), let (text, bytes) = parts(of: stored) else { return nil }
    return decode(place, bytes).map { (text, $0) }
  }
  let missing = found.indices.filter { found[$0] == nil }
  var done = files.count - missing.count
  MemoCopy.compute(missing.count, name) {
    try compute(missing[$0])
  } ended: { number, result in
    let place = missing[number]
    if !mayPrint, !result.text.isEmpty {
      trap("memo", "the training \"\(name)\" prints; what it printed would be missing after an interruption")
    }
    guard let value = decode(place, result.value) else {
      // Encoding and decoding are inverse to each other but for a type whose own `Codable` is at odds with itself.
      trap("memo", "the value \"\(name)\" cannot be read back; its type's encode(to:) and init(from:) do not agree")
    }
    var writer = WireWriter()
    writer.write(result.text)
    writer.write(result.value)
    files[place]?.write(writer.bytes)
    found[place] = (result.text, value)
    done += 1
    if files.count > 1 { reportProgress(name, done, of: files.count) }
  }
  return found.compactMap { result in
    result.map {
      printAgain($0.text)
      return $0.value
    }
  }
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
