/// The labels of evenly spaced ticks: all with the same decimals; millions as "1.5M"; beyond, and below a thousandth,
/// all with the same power of ten.
enum TickLabels {
  static func labels(of values: [Double], step: Double) -> [String] {
    let largest = values.map(abs).max() ?? 0
    guard largest > 0 else { return values.map { _ in "0" } }
    guard largest >= 1e6 || largest < 1e-3 else {
      let decimals = decimals(of: step)
      return values.map { DecimalText.typographic(DecimalText.fixed($0, decimals: decimals)) }
    }
    if (1e6..<1e9).contains(largest) {
      let decimals = decimals(of: step / 1e6)
      return values.map { value in
        value == 0 ? "0" : DecimalText.typographic(DecimalText.fixed(value / 1e6, decimals: decimals)) + "M"
      }
    }
    let exponent = DecimalLogarithm.floor(largest)
    let unit = DecimalLogarithm.powerOfTen(exponent)
    let decimals = decimals(of: step / unit)
    return values.map { value in
      value == 0
        ? "0"
        : DecimalText.typographic(DecimalText.fixed(value / unit, decimals: decimals)) + "\u{D7}10"
          + DecimalText.superscript(exponent)
    }
  }

  /// A power of ten on a logarithmic axis, or a small multiple of one.
  static func label(ofPower value: Double, plain: Bool) -> String {
    let exponent = DecimalLogarithm.floor(value)
    if plain { return DecimalText.typographic(DecimalText.trimmed(value, decimals: max(0, -exponent))) }
    let multiple = (value / DecimalLogarithm.powerOfTen(exponent)).rounded()
    return (multiple == 1 ? "" : "\(Int(multiple))\u{D7}") + "10" + DecimalText.superscript(exponent)
  }

  /// The fewest decimals that write a multiple of `step` exactly.
  private static func decimals(of step: Double) -> Int {
    for places in 0..<15 {
      let scaled = step * DecimalLogarithm.powerOfTen(places)
      if scaled >= 0.5, abs(scaled - scaled.rounded()) < 1e-6 * scaled { return places }
    }
    return 15
  }
}
