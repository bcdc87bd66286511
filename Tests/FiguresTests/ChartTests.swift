import Figures
import Testing

@Suite struct ChartTests {
  @Test func histogramCountsEachValueOnce() {
    let mark = HistogramMark(of: [0, 0.5, 1, 1.5, 2, .nan, .infinity], bins: 2)
    #expect(mark.edges == [0, 1, 2] && mark.heights == [2, 3])
    let density = HistogramMark(of: [0, 1, 1, 4], bins: 4, density: true)
    #expect(density.heights == [0.25, 0.5, 0, 0.25])
    #expect(HistogramMark(of: [5.0, 5], bins: 3).heights == [0, 2, 0])
    #expect(HistogramMark(of: [Double](), bins: 2).heights == [0, 0])
    #expect(HistogramMark(of: [-1.0, 0.5, 9], bins: 2, range: 0...1).heights == [0, 1])
  }

  @Test func bandIsOneSampleStandardDeviationAroundTheMean() {
    let plot = MeanBandChart(x: [0], runs: ["a": [[1.0], [2.0], [3.0]]]).plot
    #expect(
      plot.marks == [
        .band(BandMark("a", x: [0], low: [1.0], high: [3.0])), .line(LineMark("a", x: [0], y: [2.0])),
      ])
  }

  @Test func imagesAreCutOffAtTheirRange() {
    let grid = ImageGrid([-1.0, 0, 0.5, 1, 7, .nan, -.infinity, .infinity], height: 1, width: 2, columns: 2)
    #expect(grid.pixels == [0, 0, 128, 255, 255, 0, 0, 255])
    #expect(grid.rows == 2 && grid.count == 4)
    #expect(ImageGrid([0.0, 1], height: 1, width: 1, valueRange: -1...1).pixels == [128, 255])
  }

  @Test func longestArrowHasTheLengthAskedFor() {
    let mark = ArrowMark(fieldAtX: [0.0, 0], y: [0.0, 0], dx: [3.0, 0], dy: [4.0, 1], longest: 0.5)
    #expect(abs(mark.dx[0] - 0.3) < 1e-12 && abs(mark.dy[0] - 0.4) < 1e-12 && abs(mark.dy[1] - 0.1) < 1e-12)
  }

  @Test func contourLevelsLieInside() {
    let mark = ContourMark(grid: GridValues(rows: 1, columns: 2, values: [-0.5, 8.5]))
    #expect(mark.levels == [0, 1, 2, 3, 4, 5, 6, 7, 8])
    #expect(ContourMark(grid: GridValues(rows: 1, columns: 2, values: [1.0, 1])).levels.isEmpty)
  }

  @Test func unequalCountsNameBoth() async {
    let line = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LineChart(x: [1, 2, 3], y: ["loss": [1.0, 2.0]])
    }
    let message = String(decoding: line?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("LineMark \"loss\": x has 3 values, but y has 2"))
    await #expect(processExitsWith: .failure) {
      _ = ScatterPlot(x: [1.0], y: [1.0], category: [3], names: ["a"])
    }
    await #expect(processExitsWith: .failure) { _ = ImageGrid([1.0], height: 2, width: 1) }
    await #expect(processExitsWith: .failure) { _ = Axis("x", scale: .log, domain: 0...1) }
  }
}
