/// Numbers as text, without a locale.
package enum DecimalText {
  /// A number rounded to `decimals` places, half away from zero, with ASCII minus: "-0.50". Never "-0".
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    let places = max(0, min(15, decimals))
    let scaled = (abs(value) * DecimalLogarithm.powerOfTen(places)).rounded(.toNearestOrAwayFromZero)
    // Beyond 2⁵³ a double has no fraction that could be rounded.
    guard scaled < 9_007_199_254_740_992 else { return value.description }
    let digits = String(Int(scaled))
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return places == 0 ? sign + padded : "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
  }

  /// As `fixed`, without zeros at the end.
  package static func trimmed(_ value: Double, decimals: Int) -> String {
    let text = fixed(value, decimals: decimals)
    guard text.contains("."), !text.contains("e") else { return text }
    let whole = text.reversed().drop { $0 == "0" }
    return String((whole.first == "." ? whole.dropFirst() : whole).reversed())
  }

  /// About three significant digits, as a person writes them.
  package static func short(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\u{2013}" }
    let exponent = DecimalLogarithm.floor(abs(value))
    if exponent >= 6 || exponent < -4 {
      let mantissa = trimmed(value / DecimalLogarithm.powerOfTen(exponent), decimals: 1)
      return typographic("\(mantissa)\u{D7}10\(superscript(exponent))")
    }
    return typographic(trimmed(value, decimals: max(0, 2 - exponent)))
  }

  /// With the minus sign of typography, and commas between thousands from 10,000 on.
  static func typographic(_ text: String) -> String {
    let isNegative = text.hasPrefix("-")
    let body = isNegative ? text.dropFirst() : text[...]
    let whole = body.prefix { $0.isASCII && $0.isNumber }
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if whole.count > 4, index > 0, (whole.count - index).isMultiple(of: 3) { grouped += "," }
      grouped.append(digit)
    }
    return (isNegative ? "\u{2212}" : "") + grouped + body.dropFirst(whole.count)
  }

  static func superscript(_ exponent: Int) -> String {
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    return (exponent < 0 ? "⁻" : "")
      + String(String(abs(exponent)).compactMap { $0.wholeNumberValue.map { digits[$0] } })
  }
}
