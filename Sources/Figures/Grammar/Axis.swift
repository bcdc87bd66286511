/// One axis of a plot. A string literal is an axis with that label: `xAxis: "step"`.
public struct Axis: Equatable, Sendable, ExpressibleByStringLiteral {
  public enum Scale: UInt8, Equatable, Sendable { case linear, log }

  /// What is measured; may be empty.
  public var label: String
  /// Written behind the label in parentheses; may be empty.
  public var unit: String
  /// On a `log` axis values that are not positive are missing values.
  public var scale: Scale
  /// What the axis shows. Nil: what the data need.
  public var domain: ClosedRange<Double>?
  /// Whether the axis starts at zero where the data do not. Bars, histograms and areas always do.
  public var includesZero: Bool
  /// Names for the positions 0, 1, 2, …; an axis with names has no numbers.
  public var categories: [String]
  /// Whether neither a line nor ticks nor a grid are drawn: for drawings whose places mean nothing, as those of graphs.
  public var isHidden: Bool

  /// Traps on a `domain` that is not finite, empty, or on a `log` scale not positive.
  public init(
    _ label: String = "", unit: String = "", scale: Scale = .linear, domain: ClosedRange<Double>? = nil,
    includesZero: Bool = false, categories: [String] = [], isHidden: Bool = false
  ) {
    if let domain, !Self.isDrawable(domain, scale: scale) {
      trap("Axis \"\(label)\": the domain \(domain) cannot be drawn on a \(scale) scale")
    }
    self.label = label
    self.unit = unit
    self.scale = scale
    self.domain = domain
    self.includesZero = includesZero
    self.categories = categories
    self.isHidden = isHidden
  }

  public init(stringLiteral value: String) { self.init(value) }

  public static func log(_ label: String, unit: String = "", domain: ClosedRange<Double>? = nil) -> Axis {
    Axis(label, unit: unit, scale: .log, domain: domain)
  }

  /// An axis of a drawing whose places mean nothing; see ``isHidden``.
  public static func hidden(domain: ClosedRange<Double>? = nil) -> Axis { Axis(domain: domain, isHidden: true) }

  static func isDrawable(_ domain: ClosedRange<Double>, scale: Scale) -> Bool {
    guard abs(domain.lowerBound) <= 1e100, abs(domain.upperBound) <= 1e100 else { return false }
    return domain.lowerBound < domain.upperBound && (scale == .linear || domain.lowerBound > 0)
  }
}
