/// The `d` of an SVG path, on a grid of tenths of a unit. Moves are relative and count whole tenths, so that they are
/// short and do not drift.
struct PathData {
  private(set) var text = ""
  private var current = (x: 0, y: 0)
  private var isEmpty = true
  /// Whether the last command was `l`, whose letter need not be repeated.
  private var isInLine = false

  mutating func move(_ x: Double, _ y: Double) {
    let target = (x: Self.tenths(x), y: Self.tenths(y))
    text += isEmpty ? "M" : "m"
    write(target.x - current.x, isFirst: true)
    write(target.y - current.y, isFirst: false)
    current = target
    isEmpty = false
    isInLine = false
  }

  /// A line to a point; nothing when it is the current one.
  mutating func line(_ x: Double, _ y: Double) {
    let target = (x: Self.tenths(x), y: Self.tenths(y))
    let step = (x: target.x - current.x, y: target.y - current.y)
    current = target
    switch step {
    case (0, 0): return
    case (_, 0): command("h", step.x)
    case (0, _): command("v", step.y)
    default:
      if !isInLine { text += "l" }
      write(step.x, isFirst: !isInLine)
      write(step.y, isFirst: false)
      isInLine = true
    }
  }

  /// A line of no length, which round caps make a dot.
  mutating func dot(_ x: Double, _ y: Double) {
    move(x, y)
    text += "h0"
  }

  mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    move(x, y)
    line(x + width, y)
    line(x + width, y + height)
    line(x, y + height)
    close(to: x, y)
  }

  mutating func polygon(_ points: [(x: Double, y: Double)]) {
    guard let first = points.first else { return }
    move(first.x, first.y)
    for point in points.dropFirst() { line(point.x, point.y) }
    close(to: first.x, first.y)
  }

  private mutating func close(to x: Double, _ y: Double) {
    text += "z"
    current = (Self.tenths(x), Self.tenths(y))
    isInLine = false
  }

  private mutating func command(_ letter: String, _ step: Int) {
    text += letter
    write(step, isFirst: true)
    isInLine = false
  }

  /// A minus sign separates by itself.
  private mutating func write(_ tenths: Int, isFirst: Bool) {
    if !isFirst, tenths >= 0 { text += " " }
    text += Coordinate.text(tenths: tenths)
  }

  /// Far outside of any figure a coordinate only has to stay on its side.
  private static func tenths(_ value: Double) -> Int {
    value.isNaN ? 0 : Int((max(-30_000, min(30_000, value)) * 10).rounded())
  }
}

/// Coordinates with at most one decimal, as short as they can be.
enum Coordinate {
  static func text(_ value: Double) -> String {
    text(tenths: value.isNaN ? 0 : Int((max(-30_000, min(30_000, value)) * 10).rounded()))
  }

  static func text(tenths: Int) -> String {
    let whole = abs(tenths) / 10
    let part = abs(tenths) % 10
    let digits = part == 0 ? "\(whole)" : whole == 0 ? ".\(part)" : "\(whole).\(part)"
    return tenths < 0 ? "-\(digits)" : digits
  }
}
