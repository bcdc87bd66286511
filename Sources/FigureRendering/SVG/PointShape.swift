/// What a point looks like. Points of several series differ in shape as well as in colour, so that who sees no colours
/// can tell them apart; neighbours in this list are as different as they can be.
enum PointShape: Int, CaseIterable, Equatable {
  case disc, square, triangle, plus, diamond, cross, frame, downward, upright, flat

  /// Of the series with that colour, from 1.
  init(color: Int) { self = Self.allCases[(color - 1) % Self.allCases.count] }

  enum Style: Equatable {
    /// Lines without length, as wide as the point; what their caps look like is a class.
    case cap(String?)
    case filled
    case stroked
  }

  var style: Style {
    switch self {
    case .disc: .cap(nil)
    case .square: .cap("fig-square")
    case .triangle, .diamond, .downward: .filled
    case .plus, .cross, .frame, .upright, .flat: .stroked
    }
  }

  /// Puts one into a path; `radius` is that of a disc that looks as large.
  func add(to data: inout PathData, x: Double, y: Double, radius: Double) {
    let r = radius
    switch self {
    case .disc, .square: data.dot(x, y)
    case .triangle: data.polygon([(x - r * 1.2, y + r), (x, y - r * 1.2), (x + r * 1.2, y + r)])
    case .downward: data.polygon([(x - r * 1.2, y - r), (x, y + r * 1.2), (x + r * 1.2, y - r)])
    case .diamond: data.polygon([(x - r * 1.3, y), (x, y - r * 1.3), (x + r * 1.3, y), (x, y + r * 1.3)])
    case .frame: data.rectangle(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8)
    case .plus:
      Self.stroke(&data, x - r * 1.2, y, x + r * 1.2, y)
      Self.stroke(&data, x, y - r * 1.2, x, y + r * 1.2)
    case .cross:
      Self.stroke(&data, x - r, y - r, x + r, y + r)
      Self.stroke(&data, x - r, y + r, x + r, y - r)
    case .upright: Self.stroke(&data, x, y - r * 1.3, x, y + r * 1.3)
    case .flat: Self.stroke(&data, x - r * 1.3, y, x + r * 1.3, y)
    }
  }

  private static func stroke(_ data: inout PathData, _ x: Double, _ y: Double, _ toX: Double, _ toY: Double) {
    data.move(x, y)
    data.line(toX, toY)
  }
}
