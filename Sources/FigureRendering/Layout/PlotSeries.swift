internal import Figures

/// The series of a plot: which colour each has, and what a legend would say.
struct PlotSeries {
  struct Entry: Equatable {
    enum Key: Equatable {
      case line(LineMark.Style)
      case point, area
    }

    var name: String
    /// 1 to `FigureTheme.seriesCount`.
    var color: Int
    var key: Key
    /// Whether a band goes with it.
    var hasBand = false
    /// What its points look like.
    var shape = PointShape.disc
  }

  /// Named series, in the order of first appearance.
  private(set) var entries: [Entry] = []
  /// For each mark its colour, or the colours of its categories.
  private(set) var colors: [[Int]] = []
  private var colorByName: [String: Int] = [:]
  private var next = 0

  init(_ plot: Plot) {
    for mark in plot.marks { colors.append(add(mark)) }
    tellApart()
  }

  /// The series of one of several plots that are read together: a name has the same colour in all of them.
  init(_ plot: Plot, sharing all: PlotSeries) {
    colorByName = all.colorByName
    entries = all.entries
    for mark in plot.marks { colors.append(add(mark)) }
    tellApart()
  }

  /// How many lines colour alone keeps apart.
  static let mostSolidLines = 7

  /// Points of several series get shapes; many lines that would all be solid take turns in being dashed and dotted.
  private mutating func tellApart() {
    if entries.count(where: { $0.key == .point }) > 1 {
      for index in entries.indices where entries[index].key == .point {
        entries[index].shape = PointShape(color: entries[index].color)
      }
    }
    let lines = entries.indices.filter { if case .line = entries[$0].key { true } else { false } }
    guard lines.count > Self.mostSolidLines, lines.allSatisfy({ entries[$0].key == .line(.solid) }) else { return }
    let styles: [LineMark.Style] = [.solid, .dashed, .dotted]
    for (turn, index) in lines.enumerated() { entries[index].key = .line(styles[turn % styles.count]) }
  }

  func shape(ofColor color: Int) -> PointShape {
    entries.first { $0.color == color && $0.key == .point }?.shape ?? .disc
  }

  func style(of line: LineMark) -> LineMark.Style {
    guard !line.name.isEmpty, line.style == .solid, let entry = entries.first(where: { $0.name == line.name }),
      case .line(let style) = entry.key
    else { return line.style }
    return style
  }

  private mutating func add(_ mark: Mark) -> [Int] {
    switch mark {
    case .line(let line): [add(line.name, key: line.isFilled ? .area : .line(line.style))]
    case .points(let points):
      points.categories.isEmpty
        ? [add(points.name, key: .point)] : points.categoryNames.map { add($0, key: .point) }
    case .bars(let bars): [add(bars.name, key: .area)]
    case .band(let band): [add(band.name, key: .area, isBand: true)]
    case .histogram(let histogram): [add(histogram.name, key: .area)]
    case .arrows(let arrows): arrows.name.isEmpty ? [] : [add(arrows.name, key: .line(.solid))]
    // A rule is labelled where it stands; contours are, too, and a heat map has its colour bar.
    case .heatMap, .rule, .contour: []
    }
  }

  private mutating func add(_ name: String, key: Entry.Key, isBand: Bool = false) -> Int {
    if let color = colorByName[name], !name.isEmpty {
      guard let index = entries.firstIndex(where: { $0.name == name }) else { return color }
      if isBand {
        entries[index].hasBand = true
      } else if entries[index].hasBand, entries[index].key == .area {
        // The band came first; its line is what a legend shows.
        entries[index].key = key
      }
      return color
    }
    let color = next % FigureTheme.seriesCount + 1
    next += 1
    guard !name.isEmpty else { return color }
    colorByName[name] = color
    entries.append(Entry(name: name, color: color, key: key, hasBand: isBand))
    return color
  }
}
