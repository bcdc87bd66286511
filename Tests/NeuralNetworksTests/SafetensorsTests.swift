import Autodiff
import Foundation
import NeuralNetworks
import TensorCore
import Testing

@Suite struct SafetensorsTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  private func fixture(_ name: String) -> String { Self.fixtures.appending(path: name).path }

  @Test func readsWhatPythonWrote() throws {
    let file = try Safetensors(contentsOf: fixture("python.safetensors"))
    #expect(file.metadata == ["format": "pt", "note": "a \"quoted\" \u{e9}\n"])
    #expect(Set(file.entries.map(\.name)) == ["norm.weight", "layers.0.weight", "scalar", "empty"])
    #expect(file["scalar"] == Tensor(1.5))
    #expect(file["empty"] == Tensor(zeros: [0, 4]))
    #expect(file["norm.weight"] == Tensor([0.311867982, -0.224664047, -0.609596074]))
    #expect(file["layers.0.weight"]?.shape == [2, 3])
    #expect(file["other"] == nil)
    #expect(try Safetensors(decoding: file.encoded()) == file)
  }

  /// The golden file is one that `scripts/reference/safetensors_fixture.py check` has read with Python's safetensors.
  @Test func writesWhatPythonReads() throws {
    let file = try Safetensors(contentsOf: fixture("python.safetensors"))
    let golden = fixture("own.safetensors")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try file.write(to: golden)
      Issue.record("rewritten: \(golden)")
    }
    #expect(FileManager.default.contents(atPath: golden) == Data(file.encoded()))
  }

  @Test func readsOtherFormats() throws {
    let file = try Safetensors(contentsOf: fixture("formats.safetensors"))
    let values: [Float] = [0, -0.0, 1, -2.5, 65504, 6e-8, 6.1035e-05, .infinity, -.infinity]
    #expect(file["double"] == Tensor(values))
    let half: [Float] = [0, -0.0, 1, -2.5, 65504, 0x1p-24, 0x1p-14, .infinity, -.infinity]
    #expect(file["half"] == Tensor(half))
    #expect(file["half"]?.scalars[1].sign == .minus)
    expectClose(
      try #require(file["brain"]).slice(axis: 0, 0..<7), Array(values.prefix(7)), relative: 0.004, "bfloat16")
    #expect(throws: WeightsError.unsupported("the tensor \"x\" holds \"I64\", not F32, F64, F16 or BF16")) {
      try Safetensors(contentsOf: fixture("integers.safetensors"))
    }
  }

  @Test func aModelComesBackFromAFile() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var random = RandomGenerator(seed: 1)
    let model = MLP(widths: [3, 4, 2], using: &random)
    try Safetensors(of: model, metadata: ["steps": "100"]).write(to: path)
    var other = MLP(widths: [3, 4, 2], using: &random)
    #expect(other.parameters != model.parameters)
    let file = try Safetensors(contentsOf: path)
    try other.load(file)
    #expect(other.parameters == model.parameters)
    #expect(!other.layers[0].weight.isTracked)
    #expect(file.metadata == ["steps": "100"])
    #expect(!FileManager.default.fileExists(atPath: path + ".partial"))
    let foreign = file.transposingMatrices { $0.hasSuffix("weight") }
    #expect(foreign["layers.0.weight"] == model.layers[0].weight.value.transposed())
    #expect(foreign.transposingMatrices { $0.hasSuffix("weight") } == file)
  }

  @Test func buffersAreSavedToo() throws {
    var norm = BatchNorm(2)
    _ = norm.forward(Tensor([[1, 2], [3, 6]]), phase: .training)
    let file = Safetensors(of: norm)
    #expect(file.entries.map(\.name) == ["weight", "bias", "running_mean", "running_var"])
    var other = BatchNorm(2)
    try other.load(file)
    #expect(other.buffers == norm.buffers)
  }

  @Test func weightsOfAnotherModelAreRefused() {
    var random = RandomGenerator(seed: 1)
    var model = MLP(widths: [3, 4, 2], using: &random)
    let before = model.parameters
    func problem(_ weights: Safetensors) -> String {
      do throws(WeightsError) {
        try model.load(weights)
        return "none"
      } catch { return error.description }
    }
    let missing = problem(Safetensors([]))
    #expect(missing == "the weights do not fit the model: the file has no tensor \"layers.0.weight\" [3, 4]")
    let wider = problem(Safetensors(of: MLP(widths: [3, 5, 2], using: &random)))
    #expect(wider.hasSuffix("the tensor \"layers.0.weight\" is [3, 5] in the file and [3, 4] in the model"))
    let deeper = problem(Safetensors(of: MLP(widths: [3, 4, 2, 2], using: &random)))
    #expect(deeper.hasSuffix("the file's tensor \"layers.2.bias\" is not in the model"))
    #expect(model.parameters == before)
  }

  @Test func filesThatCannotBeAccessed() {
    let nowhere = "/nowhere/model.safetensors"
    #expect(throws: WeightsError.file(path: nowhere, reason: "No such file or directory")) {
      try Safetensors(contentsOf: nowhere)
    }
    #expect(throws: WeightsError.file(path: nowhere, reason: "No such file or directory")) {
      try Safetensors([]).write(to: nowhere)
    }
    #expect(throws: WeightsError.file(path: "/dev/null", reason: "it is not a regular file")) {
      try Safetensors(contentsOf: "/dev/null")
    }
    let path = fixture("python.safetensors")
    #expect(throws: WeightsError.self) { try Safetensors(contentsOf: path, limit: 10) }
  }
}
