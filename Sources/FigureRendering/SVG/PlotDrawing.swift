internal import Figures
internal import Markup

/// A plot as SVG: frame, data and texts for one layout.
struct PlotDrawing {
  let plot: Plot
  let layout: PlotLayout
  /// Identifiers of this drawing start with it.
  let id: String

  init(_ plot: Plot, style: PlotLayout.Style, id: String, sharing series: PlotSeries? = nil) {
    self.plot = plot
    self.id = id
    layout = PlotLayout(plot, style: style, sharing: series)
  }

  /// The data in the area's own coordinates, under an identifier by which another layout can use them too.
  func data(id: String) -> Node {
    .element(
      "g", [("id", id), ("class", "fig-data")], MarkPainter(plot, layout: layout).paint())
  }

  /// The data of another, possibly larger, drawing fitted into this one's area. Its axes may end elsewhere, since fewer
  /// ticks have room here: what stood at its ends stands where this one's axes have these values.
  func borrowed(from other: PlotDrawing, id: String) -> Node {
    let x = Self.ends(of: other.layout.xScale, on: layout.xScale)
    let y = Self.ends(of: other.layout.yScale, on: layout.yScale)
    let (area, old) = (layout.area, other.layout.area)
    // Positions grow to the right and upwards, coordinates to the right and downwards.
    let shift = [x.low * area.width, (1 - y.high) * area.height].map(Coordinate.text)
    let scale = [(x.high - x.low) * area.width / old.width, (y.high - y.low) * area.height / old.height]
    let factors = scale.map { DecimalText.trimmed($0, decimals: 4) }.joined(separator: " ")
    let move = shift == ["0", "0"] ? "" : "translate(\(shift.joined(separator: " "))) "
    return .element("use", [("href", "#\(id)"), ("transform", "\(move)scale(\(factors))")])
  }

  /// Where one scale's ends stand on another one of the same kind: from 0 to 1 where both end alike.
  private static func ends(of scale: PositionScale, on other: PositionScale) -> (low: Double, high: Double) {
    guard let low = other.position(scale.low), let high = other.position(scale.high), low < high else { return (0, 1) }
    return (low, high)
  }

  /// Everything, around the data.
  func content(_ data: Node) -> [Node] {
    let area = layout.area
    let origin = "translate(\(Coordinate.text(area.x)) \(Coordinate.text(area.y)))"
    var attributes: [(String, String?)] = [("transform", origin)]
    var nodes: [Node] = []
    if plot.xAxis.domain != nil || plot.yAxis.domain != nil {
      let size = [("width", Coordinate.text(area.width)), ("height", Coordinate.text(area.height))]
      nodes.append(
        .element("clipPath", [("id", "\(id)-clip")], [.element("rect", size.map { ($0.0, $0.1) })]))
      attributes.append(("clip-path", "url(#\(id)-clip)"))
    }
    return nodes + frame + [.element("g", attributes, [data])] + axes + annotations + colorBars + leaders + keys + texts
  }

  private var hasGrid: Bool {
    plot.marks.contains { if case .heatMap = $0 { true } else { false } }
  }

  /// Grid lines, under the data.
  private var frame: [Node] {
    guard !hasGrid else { return [] }
    let area = layout.area
    var data = PathData()
    for tick in layout.yScale.ticks where plot.yAxis.categories.isEmpty {
      data.move(area.x, Self.crisp(area.y + (1 - tick.position) * area.height))
      data.line(area.right, Self.crisp(area.y + (1 - tick.position) * area.height))
    }
    for tick in layout.xScale.ticks where plot.xAxis.categories.isEmpty {
      data.move(Self.crisp(area.x + tick.position * area.width), area.y)
      data.line(Self.crisp(area.x + tick.position * area.width), area.bottom)
    }
    return MarkPainter.path(data, "fig-grid")
  }

  /// The lines at zero, or else at the bottom, over the data, with a tick for each number. Around a heat map, whose
  /// palest cells would run into the page, a frame.
  private var axes: [Node] {
    guard !hasGrid else { return MarkPainter.path(Self.border(of: layout.area), "fig-axis") }
    guard !plot.xAxis.isHidden else { return [] }
    let area = layout.area
    var data = PathData()
    let zero = layout.yScale.contains(0) ? layout.yScale.position(0) : nil
    let y = Self.crisp(area.y + (1 - (zero ?? 0)) * area.height)
    data.move(area.x, y)
    data.line(area.right, y)
    for tick in layout.xScale.ticks where plot.xAxis.categories.isEmpty {
      data.move(Self.crisp(area.x + tick.position * area.width), area.bottom)
      data.line(Self.crisp(area.x + tick.position * area.width), area.bottom + 4)
    }
    return MarkPainter.path(data, "fig-axis")
  }

  private static func border(of box: Box) -> PathData {
    var data = PathData()
    let (left, top) = (crisp(box.x), crisp(box.y))
    data.rectangle(left, top, crisp(box.right) - left, crisp(box.bottom) - top)
    return data
  }

  /// Half a pixel aside, so that a line of one pixel is not smeared over two.
  private static func crisp(_ value: Double) -> Double { value.rounded(.down) + 0.5 }

  /// Names of rules and values of cells.
  private var annotations: [Node] {
    PlotAnnotations(plot, layout: layout).texts.map { SVGText.node($0.text, color: $0.color) }
  }

  private var colorBars: [Node] {
    layout.colorBars.flatMap { bar -> [Node] in
      guard let image = Raster(barOf: bar.mark, isVertical: bar.isVertical).dataURI else { return [] }
      return [
        .element(
          "image",
          [
            ("x", Coordinate.text(bar.box.x)), ("y", Coordinate.text(bar.box.y)),
            ("width", Coordinate.text(bar.box.width)), ("height", Coordinate.text(bar.box.height)),
            ("preserveAspectRatio", "none"), ("href", image),
          ])
      ] + MarkPainter.path(Self.border(of: bar.box), "fig-axis")
    }
  }

  private var leaders: [Node] {
    layout.leaders.flatMap { leader in
      var data = PathData()
      data.move(leader.from.x, leader.from.y)
      data.line(leader.to.x, leader.to.y)
      return MarkPainter.path(data, "fig-s\(leader.color)")
    }
  }

  private var keys: [Node] { layout.keys.flatMap(LegendKey.nodes) }

  private var texts: [Node] { SVGText.nodes(layout.texts) }
}
