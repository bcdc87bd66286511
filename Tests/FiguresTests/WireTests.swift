import Figures
import SnippetProtocol
import Testing

/// One figure of each kind, with every optional part in use somewhere.
let samples: [Figure] = [
  LineChart(
    [
      LineMark("a", x: [0, 1, 2], y: [0.5, .nan, 3.0], style: .dashed, isFilled: true),
      LineMark("b", x: [0, 1], y: [Float(1), 2]),
    ], xAxis: "step", yAxis: .log("loss", unit: "nats", domain: 0.1...10), title: "Loss"
  ).figure,
  ScatterPlot(
    x: [1.0, 2, 3], y: [4.0, 5, .infinity], category: [UInt8(0), 1, 1], names: ["shirt", "bag"], hasEqualUnits: true
  ).figure,
  BarChart(["PCA": 0.021, "autoencoder": 0.013], errors: [0.001, 0.002], yAxis: "error").figure,
  Histogram(["a": [1.0, 2, 3], "b": [2.0, 3, 3]], bins: 4).figure,
  MeanBandChart(x: [0, 1], runs: ["a": [[1.0, 2], [3.0, 4]]]).figure,
  HeatMap(rows: ["a": [1, 2], "b": [3, 4]], columns: ["x", "y"], colors: .diverging).figure,
  Plot(marks: [
    .rule(RuleMark("limit", y: 1)), .rule(RuleMark(x: 2)),
    .arrows(ArrowMark("field", fieldAtX: [0.0], y: [0.0], dx: [3.0], dy: [4.0], longest: 1)),
    .contour(ContourMark(grid: GridValues(rows: 2, columns: 2, values: [0.0, 1, 1, 2], xRange: 0...1, yRange: 0...1))),
  ]).figure,
  ImageGrid(rows: ["in": [0.0, 1, 0.5, 2], "out": [0.0, -1, 0.25, .nan]], height: 2, width: 1).figure,
  Table(columns: ["model", "error"], rows: [["PCA", 0.02], ["autoencoder", .number(0.0123, decimals: 4)]]).figure,
  SmallMultiples([Plot(title: "one"), Plot(title: "two")], columns: 2, sharesY: false).figure,
  Frames([Plot(), Plot()], labels: ["t = 0", "t = 1"], title: "noise").figure,
  Frames([ImageGrid(bytes: [0, 255], height: 1, width: 1)], labels: ["only"]).figure,
]

func bytes(of figure: Figure) -> [UInt8] {
  var writer = WireWriter()
  writer.write(figure)
  return writer.bytes
}

func figure(from bytes: [UInt8]) throws(WireError) -> Figure {
  var reader = WireReader(bytes)
  let figure = try Figure(from: &reader)
  try reader.finish()
  return figure
}

@Suite struct WireTests {
  @Test(arguments: samples.indices) func roundTrip(_ index: Int) throws {
    let encoded = bytes(of: samples[index])
    // NaN is not equal to itself, so the bytes are compared; they hold everything.
    #expect(bytes(of: try figure(from: encoded)) == encoded)
  }

  @Test(arguments: samples.indices) func truncatedBytesThrow(_ index: Int) {
    let encoded = bytes(of: samples[index])
    for count in 0..<encoded.count {
      #expect(throws: WireError.self) { try figure(from: Array(encoded[..<count])) }
    }
  }

  @Test(arguments: samples.indices) func damagedBytesThrowOrDecode(_ index: Int) {
    let encoded = bytes(of: samples[index])
    for position in encoded.indices {
      for value: UInt8 in [0, 1, 127, 255] {
        var damaged = encoded
        damaged[position] = value
        // Decoding again what was decoded shows that the value is consistent.
        if let decoded = try? figure(from: damaged) { #expect(bytes(of: decoded) == damaged) }
      }
    }
  }

  @Test func valuesSurvive() throws {
    let line = LineMark("a", x: [0, 1], y: [0.1, -0.0])
    let original = Plot(title: "T", marks: [.line(line)]).figure
    #expect(try figure(from: bytes(of: original)) == original)
  }
}
