package import Figures

/// Texts over the data: names of rules, levels of contours, values of cells. Each is left out where it has no room.
package struct PlotAnnotations {
  package struct Annotation: Equatable {
    package var text: PlacedText
    /// A colour of its own, where the ground is one that no theme changes.
    var color: String?
  }

  package private(set) var texts: [Annotation] = []
  private let layout: PlotLayout
  private let rules: [RuleMark]

  package init(_ plot: Plot, layout: PlotLayout) {
    self.layout = layout
    rules = plot.marks.compactMap { if case .rule(let rule) = $0 { rule } else { nil } }
    let extent = PlotExtent(plot)
    if extent.x == nil || extent.y == nil {
      let middle = (x: layout.area.x + layout.area.width / 2, y: layout.area.y + layout.area.height / 2)
      place(PlacedText(text: "no data", x: middle.x, y: middle.y + 4, anchor: .middle, role: .halo))
    }
    for mark in plot.marks {
      switch mark {
      case .rule(let rule): add(rule)
      case .heatMap(let map): if map.showsValues { add(map) }
      case .contour(let contour): add(contour)
      case .line, .points, .bars, .band, .histogram, .arrows: break
      }
    }
  }

  private mutating func add(_ rule: RuleMark) {
    guard !rule.name.isEmpty else { return }
    let area = layout.area
    switch rule.direction {
    case .horizontal:
      guard layout.yScale.contains(rule.value), let position = layout.yScale.position(rule.value) else { return }
      let y = area.y + (1 - position) * area.height
      let heights = y - area.y < 18 ? [y + 14] : area.bottom - y < 18 ? [y - 5] : [y - 5, y + 14]
      let ends: [(Double, PlacedText.Anchor)] = [
        (area.right - 4, .end), (area.x + 4, .start), (area.x + area.width / 2, .middle),
      ]
      place(
        firstFreeOf: ends.flatMap { end in
          heights.map { PlacedText(text: rule.name, x: end.0, y: $0, anchor: end.1, role: .halo) }
        }, rule)
    case .vertical:
      guard layout.xScale.contains(rule.value), let position = layout.xScale.position(rule.value) else { return }
      let x = area.x + position * area.width
      let rows = stride(from: area.y + 12, to: area.bottom - 4, by: FigureTheme.Metrics.lineHeight + 2)
      let sides: [(Double, PlacedText.Anchor)] = [(x + 5, .start), (x - 5, .end)]
      place(
        firstFreeOf: rows.flatMap { row in
          sides.map { PlacedText(text: rule.name, x: $0.0, y: row, anchor: $0.1, role: .halo) }
        }, rule)
    }
  }

  private mutating func add(_ map: HeatMapMark) {
    let colors = HeatMapColors(map)
    let grid = map.grid
    guard grid.values.count <= 400 else { return }
    let labels = grid.values.map { DecimalText.short($0) }
    let cell = (
      width: layout.area.width / Double(max(1, grid.columns)), height: layout.area.height / Double(max(1, grid.rows))
    )
    guard cell.height >= 15, labels.allSatisfy({ PlotLayout.width($0) <= cell.width - 4 }) else { return }
    for (index, label) in labels.enumerated() {
      guard let color = colors.color(of: grid.values[index]) else { continue }
      let x = layout.area.x + (Double(index % grid.columns) + 0.5) * cell.width
      let y = layout.area.y + (Double(index / grid.columns) + 0.5) * cell.height + 4.3
      texts.append(
        Annotation(
          text: PlacedText(text: label, x: x, y: y, anchor: .middle), color: color.isLight ? "#16181d" : "#ffffff"))
    }
  }

  /// Each level once, in the middle of its longest curve.
  private mutating func add(_ contour: ContourMark) {
    let tracer = ContourTracer(contour.grid)
    for level in contour.levels {
      guard let longest = tracer.curves(at: level).max(by: { $0.count < $1.count }), longest.count > 4 else { continue }
      let middle = longest[longest.count / 2]
      guard layout.xScale.contains(middle.x), layout.yScale.contains(middle.y),
        let x = layout.xScale.position(middle.x), let y = layout.yScale.position(middle.y)
      else { continue }
      place(
        PlacedText(
          text: DecimalText.short(level), x: layout.area.x + x * layout.area.width,
          y: layout.area.y + (1 - y) * layout.area.height + 4, anchor: .middle, role: .halo))
    }
  }

  private mutating func place(_ text: PlacedText) { if isFree(text) { texts.append(Annotation(text: text)) } }

  /// The first place that is free of other names and of other rules; failing that, of other names.
  private mutating func place(firstFreeOf places: [PlacedText], _ rule: RuleMark) {
    let free = places.filter(isFree)
    if let best = free.first(where: { !crossesRule($0, but: rule) }) ?? free.first {
      texts.append(Annotation(text: best))
    }
  }

  private func isFree(_ text: PlacedText) -> Bool {
    let area = layout.area
    let box = text.box
    let spaced = Box(x: box.x - 5, y: box.y - 2, width: box.width + 10, height: box.height + 4)
    return box.x >= area.x - 1 && box.right <= area.right + 1
      && !texts.contains { $0.text.box.overlaps(spaced) }
  }

  private func crossesRule(_ text: PlacedText, but own: RuleMark) -> Bool {
    let area = layout.area
    let box = text.box
    return rules.contains { rule in
      guard rule != own else { return false }
      switch rule.direction {
      case .horizontal:
        guard let position = layout.yScale.position(rule.value) else { return false }
        return (box.y - 1...box.bottom + 1).contains(area.y + (1 - position) * area.height)
      case .vertical:
        guard let position = layout.xScale.position(rule.value) else { return false }
        return (box.x - 1...box.right + 1).contains(area.x + position * area.width)
      }
    }
  }
}
