import FigureRendering
import Figures
import Testing

/// Properties of ticks and labels over ranges of every size and place.
@Suite struct LayoutTests {
  /// Ranges from far below to far above 1, around zero and far away from it.
  static func ranges(count: Int, seed: UInt64) -> [ClosedRange<Double>] {
    var random = Noise(seed)
    return (0..<count).map { _ in
      let scale = powerOfTen(Int(random.uniform() * 40) - 20)
      let width = scale * (0.1 + random.uniform())
      let start =
        switch Int(random.uniform() * 4) {
        case 0: 0.0
        case 1: -width * random.uniform()
        case 2: width * random.uniform() * 100
        default: -width * (1 + random.uniform() * 1000)
        }
      return start...start + width
    }
  }

  static func powerOfTen(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? .nan }

  static func plot(
    _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, xScale: Axis.Scale = .linear, yScale: Axis.Scale = .linear
  ) -> Plot {
    Plot(
      title: "A title", xAxis: Axis("some quantity", scale: xScale), yAxis: Axis("another", unit: "m", scale: yScale),
      marks: [
        .line(LineMark("rising", x: [x.lowerBound, x.upperBound], y: [y.lowerBound, y.upperBound])),
        .line(LineMark("level", x: [x.lowerBound, x.upperBound], y: [y.upperBound, y.upperBound])),
      ])
  }

  static let styles = [
    PlotLayout.Style(width: 640, isNarrow: false), PlotLayout.Style(width: 320, isNarrow: true),
    PlotLayout.Style(width: 150, isNarrow: true, areaHeight: 90),
  ]

  @Test(arguments: styles.indices) func ticksAreRoundAndCoverTheData(_ style: Int) {
    let pairs = zip(Self.ranges(count: 400, seed: 1), Self.ranges(count: 400, seed: 2))
    for (x, y) in pairs {
      let layout = PlotLayout(Self.plot(x, y), style: Self.styles[style])
      let ticks = layout.yScale.ticks
      #expect((2...14).contains(ticks.count), "\(y) has \(ticks.count) ticks")
      guard ticks.count >= 2 else { continue }
      let step = ticks[1].value - ticks[0].value
      // The value axis reaches round numbers at both ends, and the data lie between them.
      #expect(
        ticks[0].value <= y.lowerBound + step * 1e-6 && ticks[ticks.count - 1].value >= y.upperBound - step * 1e-6)
      #expect(layout.yScale.low <= y.lowerBound && layout.yScale.high >= y.upperBound)
      #expect(Self.isRound(step), "\(y) has steps of \(step)")
      #expect(Set(ticks.map(\.label)).count == ticks.count, "\(y) has labels \(ticks.map(\.label))")
      for tick in layout.xScale.ticks {
        #expect(
          tick.value >= x.lowerBound - step * 1e-6 || layout.xScale.position(tick.value).map { $0 > -1e-6 } == true)
        #expect((0...1).contains(tick.position))
      }
    }
  }

  /// 1, 2 or 5 times a power of ten; the difference of two ticks has lost some digits.
  static func isRound(_ step: Double) -> Bool {
    let exponent = DecimalLogarithm.floor(step * (1 + 1e-6))
    let multiple = step / powerOfTen(exponent)
    return [1.0, 2, 5, 10].contains { abs(multiple - $0) < 1e-4 }
  }

  @Test(arguments: styles.indices) func logarithmicTicksCoverTheData(_ style: Int) {
    var random = Noise(3)
    for _ in 0..<300 {
      let low = Self.powerOfTen(Int(random.uniform() * 30) - 15) * (1 + 9 * random.uniform())
      let range = low...low * Self.powerOfTen(Int(random.uniform() * 12)) * (1.5 + 8 * random.uniform())
      let layout = PlotLayout(
        Self.plot(range, range, xScale: .log, yScale: .log), style: Self.styles[style])
      let ticks = layout.yScale.ticks
      #expect((2...14).contains(ticks.count), "\(range) has \(ticks.map(\.label))")
      #expect(layout.yScale.low <= range.lowerBound && layout.yScale.high >= range.upperBound)
      #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.position < $1.position })
    }
  }

  @Test(arguments: styles.indices) func labelsNeverOverlapAndStayInside(_ style: Int) {
    for (x, y) in zip(Self.ranges(count: 400, seed: 4), Self.ranges(count: 400, seed: 5)) {
      check(PlotLayout(Self.plot(x, y), style: Self.styles[style]), "\(x), \(y)")
    }
  }

  @Test(arguments: Samples.all.indices, styles.indices) func labelsOfSamplesNeverOverlap(_ sample: Int, _ style: Int) {
    guard case .plot(let plot) = Samples.all[sample].figure else { return }
    check(PlotLayout(plot, style: Self.styles[style]), Samples.all[sample].name)
  }

  private func check(_ layout: PlotLayout, _ name: String) {
    let texts = layout.texts.map { (text: $0.text, reach: Reach($0)) }
    let area = Reach(layout.area)
    for (index, text) in texts.enumerated() {
      for other in texts[..<index] {
        #expect(!text.reach.overlaps(other.reach), "\(name): \"\(text.text)\" is over \"\(other.text)\"")
      }
      #expect(!text.reach.overlaps(area), "\(name): \"\(text.text)\" covers data")
      let box = text.reach.upright
      #expect(box.x >= -1 && box.right <= layout.width + 1, "\(name): \"\(text.text)\" is cut off")
      #expect(box.y >= -1 && box.bottom <= layout.height + 1, "\(name): \"\(text.text)\" is cut off")
    }
  }

  /// Names under bars that are too long for one line and for three.
  @Test(arguments: styles.indices) func slantedNamesNeverOverlap(_ style: Int) {
    var random = Noise(6)
    var slanted = 0
    for _ in 0..<200 {
      let names = (0..<2 + Int(random.uniform() * 14)).map { _ in
        (0...Int(random.uniform() * 3)).map { _ in
          String(repeating: "n", count: 2 + Int(random.uniform() * 12))
        }.joined(separator: " ")
      }
      let bars = BarMark("a", values: names.map { _ in random.uniform() })
      let plot = Plot(xAxis: Axis(categories: names), yAxis: "share", marks: [.bars(bars)])
      let layout = PlotLayout(plot, style: Self.styles[style])
      slanted += layout.texts.count { $0.isSlanted }
      check(layout, "\(names)")
    }
    #expect(slanted > 0, "nothing was tested")
  }

  @Test func shortAxesHaveTicks() {
    for range in [-4.0...4, -3...3, -1.5...1.5, -5...5, 0...6, -0.8...0.8, 0...1, 0...100, -8...8, -12...12] {
      let style = PlotLayout.Style(width: 146, isNarrow: true, areaHeight: 90, hasLegend: false)
      let layout = PlotLayout(Self.plot(range, 0...1.5), style: style)
      #expect(layout.xScale.ticks.count >= 2, "\(range) has \(layout.xScale.ticks.map(\.label))")
    }
  }

  @Test func logarithmicAxesEndAtTicks() {
    var random = Noise(8)
    for _ in 0..<300 {
      let low = Self.powerOfTen(Int(random.uniform() * 8) - 4) * (1 + 9 * random.uniform())
      // Also ranges in which there are no two powers.
      let range = low...low * (1.02 + 3 * random.uniform() * random.uniform())
      let layout = PlotLayout(Self.plot(range, range, yScale: .log), style: Self.styles[0])
      let ticks = layout.yScale.ticks
      #expect(abs((ticks.first?.position ?? 1) - 0) < 1e-6, "\(range) begins at \(ticks.map(\.label))")
      #expect(abs((ticks.last?.position ?? 0) - 1) < 1e-6, "\(range) ends at \(ticks.map(\.label))")
    }
  }

  @Test(arguments: styles.indices) func countsHaveWholeTicks(_ style: Int) {
    for most in 2...12 {
      let plot = Plot(
        xAxis: "seed", yAxis: "modes",
        marks: [.points(PointMark(x: Array(0...most), y: (0...most).map { most - $0 }))])
      let layout = PlotLayout(plot, style: Self.styles[style])
      for scale in [layout.xScale, layout.yScale] {
        #expect(scale.ticks.count >= 2)
        #expect(scale.ticks.allSatisfy { $0.value == $0.value.rounded() }, "\(most): \(scale.ticks.map(\.label))")
      }
    }
    // Between 0 and 1 there are shares.
    let shares = PlotLayout(Self.plot(0...1, 0...1), style: Self.styles[0])
    #expect(shares.yScale.ticks.count > 2)
  }

  @Test func rulesKeepTheirNamesApart() {
    for gap in [0.0, 0.01, 0.03, 0.05, 0.1] {
      let rules = (0..<4).map { RuleMark("the rule \($0)", y: 0.4 + gap * Double($0)) }
      let upright = (0..<3).map { RuleMark("upright \($0)", x: 0.3 + gap * Double($0)) }
      let plot = Plot(
        marks: [.line(LineMark(x: [0.0, 1], y: [0.0, 1]))] + (rules + upright).map { .rule($0) })
      let texts = PlotAnnotations(plot, layout: PlotLayout(plot, style: Self.styles[0])).texts.map(\.text)
      #expect(Set(texts.map(\.text)).count == 7, "\(gap): \(texts.map(\.text))")
      for (index, text) in texts.enumerated() {
        for other in texts[..<index] { #expect(!text.box.overlaps(other.box), "\(gap): \(text.text), \(other.text)") }
      }
    }
  }

  @Test func namesAtTheEndsOfLinesStayApart() {
    var random = Noise(6)
    for _ in 0..<300 {
      let count = 2 + Int(random.uniform() * 6)
      let lines = (0..<count).map { LineMark("line \($0)", x: [0, 1], y: [0, random.uniform() * random.uniform()]) }
      check(PlotLayout(LineChart(lines).plot, style: Self.styles[0]), "\(lines.map { $0.y[1] })")
    }
  }

  @Test func namesOfLinesThatEndTogetherAreCentredOnTheEnd() throws {
    let lines = (0..<3).map { LineMark("line \($0)", x: [0, 1], y: [Double($0), 1.0]) }
    let layout = PlotLayout(LineChart(lines).plot, style: Self.styles[0])
    let names = layout.texts.filter { $0.text.hasPrefix("line") }.map { $0.box.y + $0.box.height / 2 }
    try #require(names.count == 3)
    let end = layout.area.y + (1 - (layout.yScale.position(1) ?? 0)) * layout.area.height
    #expect(abs(names.reduce(0, +) / 3 - end) < 2)
  }

  @Test func namesInALegendBesideThePlotAreWhole() {
    var random = Noise(7)
    for _ in 0..<300 {
      let (x, y) = (0.1 + 9 * random.uniform(), 0.1 + 9 * random.uniform())
      let plot = ScatterPlot(
        x: classNames.indices.map { x * Double($0) }, y: classNames.indices.map { y * Double($0 * 3 % 7) },
        category: Array(classNames.indices), names: classNames, hasEqualUnits: true
      ).plot
      let texts = PlotLayout(plot, style: Self.styles[0]).texts.map(\.text)
      #expect(Set(classNames).isSubset(of: texts))
    }
  }

  @Test func directLabelsKeepTheirOrder() {
    let ends = [0.1, 0.11, 0.5, 0.52, 0.9]
    let lines = ends.map { LineMark("ends at \($0)", x: [0, 1], y: [0, $0]) }
    let layout = PlotLayout(LineChart(lines, yAxis: "y").plot, style: Self.styles[0])
    let names = layout.texts.filter { $0.text.hasPrefix("ends") }.sorted { $0.box.y > $1.box.y }.map(\.text)
    #expect(names == ends.map { "ends at \($0)" })
  }
}
