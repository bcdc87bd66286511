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
  Plot(xAxis: .hidden(domain: 0...1), yAxis: .hidden(), marks: []).figure,
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

  /// Marks whose parts were changed so that they no longer agree.
  static let inconsistent: [Mark] = {
    var line = LineMark("a", x: [0, 1], y: [0, 1])
    line.y.append(2)
    var points = PointMark(x: [0, 1], y: [0, 1], categories: [0, 0], categoryNames: ["a"])
    points.x.append(2)
    var plain = PointMark(x: [0, 1], y: [0, 1])
    plain.y.append(2)
    var uncounted = PointMark(x: [0, 1], y: [0, 1], categories: [0, 0], categoryNames: ["a"])
    uncounted.categories.removeLast()
    var unnamed = PointMark(x: [0], y: [0], categories: [0], categoryNames: ["a"])
    unnamed.categoryNames = []
    var low = BandMark(x: [0], low: [0], high: [0])
    low.low = []
    var high = BandMark(x: [0], low: [0], high: [0])
    high.high = []
    var arrows = ArrowMark(x: [0], y: [0], dx: [0], dy: [0])
    arrows.dy = []
    var bars = BarMark(values: [1], errors: [1])
    bars.values.append(2)
    var histogram = HistogramMark(edges: [0, 1], heights: [1])
    histogram.heights = []
    var unsorted = HistogramMark(edges: [0, 1], heights: [1])
    unsorted.edges = [1, 0]
    var grid = GridValues(rows: 1, columns: 1, values: [0])
    grid.rows = .max
    grid.columns = .max
    var small = GridValues(rows: 1, columns: 1, values: [0])
    small.rows = 0
    return [
      .line(line), .points(points), .points(plain), .points(uncounted), .points(unnamed), .band(low), .band(high),
      .arrows(arrows),
      .bars(bars), .histogram(histogram), .histogram(unsorted), .heatMap(HeatMapMark(grid: grid)),
      .contour(ContourMark(grid: small)),
    ]
  }()

  @Test(arguments: inconsistent.indices) func inconsistentPartsThrow(_ index: Int) {
    let encoded = bytes(of: Plot(marks: [Self.inconsistent[index]]).figure)
    #expect(throws: WireError.self) { try figure(from: encoded) }
  }

  @Test func inconsistentPicturesThrow() {
    var grid = ImageGrid(bytes: [1, 2], height: 1, width: 1)
    grid.width = 3
    var labelled = ImageGrid(bytes: [1], height: 1, width: 1)
    labelled.rowLabels = ["a", "b"]
    var table = Table(columns: ["a"], rows: [["b"]])
    table.columns.append("c")
    var frames = Frames([Plot()], labels: ["a"])
    frames.labels = []
    var multiples = SmallMultiples([Plot()])
    multiples.columns = 0
    for broken in [grid.figure, labelled.figure, table.figure, frames.figure, multiples.figure] {
      #expect(throws: WireError.self) { try figure(from: bytes(of: broken)) }
    }
  }

  @Test func valuesSurvive() throws {
    let line = LineMark("a", x: [0, 1], y: [0.1, -0.0])
    let original = Plot(title: "T", marks: [.line(line)]).figure
    #expect(try figure(from: bytes(of: original)) == original)
  }
}
