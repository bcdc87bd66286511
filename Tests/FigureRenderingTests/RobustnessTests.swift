import FigureRendering
import Figures
import Markup
import SnippetProtocol
import Testing

/// Whatever decodes can be drawn: a lesson's bytes never stop the program that draws them.
@Suite struct RobustnessTests {
  private func draw(_ figure: Figure) {
    _ = Serializer.html(SVGRenderer.render(figure, id: "f", title: "t"))
    _ = TerminalRenderer.render(figure, columns: 80, color: .none)
    _ = TerminalRenderer.render(figure, columns: 40, color: .trueColor)
    _ = CSVRenderer.csv(figure)
  }

  @Test(arguments: ["line-gap", "bar", "histogram-two", "confusion", "images-rgb", "table", "frames", "scatter-plain"])
  func damagedFiguresAreDrawn(_ name: String) throws {
    var writer = WireWriter()
    writer.write(try #require(Samples.named(name)).figure)
    var random = Noise(1)
    for _ in 0..<60 {
      var bytes = writer.bytes
      for _ in 0..<3 {
        bytes[Int(random.uniform() * Double(bytes.count))] = [0, 1, 0x7F, 0xFF, 0x80][Int(random.uniform() * 5)]
      }
      var reader = WireReader(bytes)
      if let figure = try? Figure(from: &reader) { draw(figure) }
    }
  }

  static let strange: [Double] = [
    .nan, .infinity, -.infinity, 0, -0.0, 1e308, -1e308, 1e100, -1e100, .leastNonzeroMagnitude, 1e-100,
    .greatestFiniteMagnitude, 1,
  ]

  @Test(arguments: [Axis.Scale.linear, .log]) func strangeNumbersAreDrawn(_ scale: Axis.Scale) {
    let values = Self.strange
    for (index, first) in values.enumerated() {
      for step in [0, 3, 7] {
        let second = values[(index + step) % values.count]
        let y = [first, second, 1]
        let axis = Axis("a", scale: scale)
        let plot = Plot(
          xAxis: axis, yAxis: axis,
          marks: [
            .line(LineMark("a", x: y, y: y, isFilled: true)), .points(PointMark("b", x: y, y: y.reversed())),
            .band(BandMark("c", x: y, low: y, high: y.reversed())), .rule(RuleMark("d", y: first)),
            .rule(RuleMark("e", x: second)), .arrows(ArrowMark(x: y, y: y, dx: y, dy: y)),
            .bars(BarMark("f", values: y, errors: y)), .histogram(HistogramMark("g", of: y, bins: 3)),
            .contour(ContourMark(grid: GridValues(rows: 1, columns: 3, values: y))),
          ])
        draw(plot.figure)
        var narrow = plot
        narrow.xAxis.domain = 0.5...0.500001
        narrow.hasEqualUnits = true
        draw(narrow.figure)
        draw(BarChart(["x": first, "y": second]).figure)
        draw(HeatMap(grid: GridValues(rows: 1, columns: 3, values: y), colors: .diverging).figure)
        draw(Table(columns: ["x"], rows: [[.number(first)], [.number(second, decimals: 99)]]).figure)
      }
    }
  }

  @Test func nothingIsDrawnAsNothing() {
    for figure in [
      Plot().figure, Table(columns: [], rows: []).figure, SmallMultiples([]).figure,
      Frames([Plot](), labels: []).figure,
      ImageGrid(bytes: [], height: 1, width: 1).figure, BarChart(categories: [], series: ["a": [Double]()]).figure,
      LineChart(["a": [Double]()]).figure, Histogram([Double]()).figure,
      HeatMap(grid: GridValues(rows: 0, columns: 0, values: [Double]())).figure,
    ] {
      draw(figure)
      _ = SVGRenderer.document(figure)
    }
  }

  @Test func textCannotBecomeMarkupOrControl() {
    let evil = "<script>\u{1B}[2J\"&"
    let plot = Plot(
      title: evil, xAxis: Axis(evil, unit: evil), yAxis: Axis(categories: [evil]),
      marks: [.line(LineMark(evil, x: [0.0, 1], y: [0.0, 1])), .rule(RuleMark(evil, y: 0.5))])
    let html = Serializer.html(SVGRenderer.render(plot.figure, id: "f", title: evil, description: evil))
    #expect(!html.contains("<script") && !html.contains("\u{1B}"))
    #expect(!TerminalRenderer.render(plot.figure, columns: 80, color: .none).contains("\u{1B}"))
  }

  @Test func theEmptyCornerOfATableIsNoHeader() {
    let table = Table(columns: ["", "error"], rows: [["PCA", 0.02]])
    let html = Serializer.html(SVGRenderer.render(table.figure, id: "f", title: "t"))
    #expect(html.contains("<tr><td></td><th scope=\"col\" class=\"fig-number\">error</th></tr>"))
  }

  @Test func tenThousandPointsStaySmall() {
    let node = SVGRenderer.render(Samples.scatter(count: 10_000), id: "f", title: "t")
    #expect(Serializer.html(node).utf8.count < 100_000)
  }

  @Test(arguments: [24, 40, 80, 200]) func linesKeepToTheTerminal(_ columns: Int) {
    for sample in Samples.all {
      let text = TerminalRenderer.render(sample.figure, columns: columns, color: .none)
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= columns }, "\(sample.name) at \(columns)")
    }
  }

  @Test func drawingTwiceGivesTheSameBytes() {
    for sample in Samples.all {
      let texts = (0..<2).map { _ in Serializer.html(SVGRenderer.render(sample.figure, id: "f", title: "t")) }
      #expect(texts[0] == texts[1])
    }
  }

  @Test func identifiersAreUniqueAndReferencesResolve() throws {
    for sample in Samples.all {
      let html = Serializer.html(SVGRenderer.render(sample.figure, id: "fig-a", title: "t", description: "d"))
      let ids = html.matches(of: /\ id="([^"]*)"/).map { String($0.1) }
      #expect(Set(ids).count == ids.count, "\(sample.name)")
      #expect(ids.allSatisfy { $0.hasPrefix("fig-a") })
      let references =
        html.matches(of: /href="#([^"]*)"/).map { String($0.1) }
        + html.matches(of: /url\(#([^)]*)\)/).map { String($0.1) }
        + html.matches(of: /aria-labelledby="([^"]*)"/).flatMap { $0.1.split(separator: " ").map(String.init) }
      #expect(Set(references).isSubset(of: ids), "\(sample.name)")
    }
  }
}
