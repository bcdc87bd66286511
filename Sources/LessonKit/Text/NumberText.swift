internal import CLessonRuntime

/// A number with a fixed count of digits after the point: `fixed(0.98765, 2)` is `0.99`. Rounded to the nearest, the
/// same in every locale.
public func fixed<Value: BinaryFloatingPoint>(_ value: Value, _ places: Int) -> String {
  formatted(Double(value)) { walkthrough_format_fixed($0, Int32(min(max(places, 0), 30)), $1, $2) }
}

/// A share as a percentage: `percent(0.98765, 1)` is `98.8 %`, with a no-break space before the sign.
public func percent<Value: BinaryFloatingPoint>(_ share: Value, _ places: Int = 1) -> String {
  fixed(Double(share) * 100, places) + "\u{A0}%"
}

/// Numbers with a fixed count of digits after the point, as a list: `fixed([0.5, 1], 2)` is `0.50, 1.00`.
public func fixed<Value: BinaryFloatingPoint>(_ values: some Sequence<Value>, _ places: Int) -> String {
  values.map { fixed($0, places) }.joined(separator: ", ")
}

/// Shares as percentages, as a list: `percent([0.5, 1], 0)` is `50 %, 100 %`.
public func percent<Value: BinaryFloatingPoint>(_ shares: some Sequence<Value>, _ places: Int = 1) -> String {
  shares.map { percent($0, places) }.joined(separator: ", ")
}

/// A number with a count of significant digits, for what may be very small: `significant(1.2212e-15, 2)` is `1.2e-15`. All
/// digits before the point are written, and no zeros at the end.
public func significant<Value: BinaryFloatingPoint>(_ value: Value, _ digits: Int) -> String {
  significantText(Double(value), digits: min(max(digits, 1), 17))
}

/// A number for prose: four significant digits, but never fewer than all digits before the point, no zeros at the end,
/// an exponent outside 10⁻⁴ … 10¹⁵.
///
/// Four digits are what a sentence needs, and few enough that the last does not change with a compiler.
func proseText(_ value: Double) -> String { significantText(value, digits: 4) }

/// A whole number with a comma between groups of three digits, from five digits on: `60,000`, but `2017`.
func groupedText(_ value: Int) -> String {
  let digits = String(value.magnitude)
  guard digits.utf8.count > 4 else { return String(value) }
  var groups: [Substring] = []
  var rest = Substring(digits)
  while !rest.isEmpty {
    groups.append(rest.suffix(3))
    rest = rest.dropLast(3)
  }
  return (value < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
}

/// `value` with `digits` significant digits, but all digits before the point.
func significantText(_ value: Double, digits: Int) -> String {
  guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-∞" : "∞" }
  guard value != 0 else { return "0" }
  let exponential = formatted(value) { walkthrough_format_exponent($0, Int32(digits - 1), $1, $2) }
  // The exponent after rounding: 9.9996 has one digit before the point, but is written 10.
  guard let mark = exponential.lastIndex(of: "e"), let exponent = Int(exponential[exponential.index(after: mark)...])
  else { return exponential }
  if exponent < -4 || exponent > 15 {
    return withoutTrailingZeros(String(exponential[..<mark])) + "e\(exponent)"
  }
  return withoutTrailingZeros(fixed(value, max(0, digits - 1 - exponent)))
}

private func withoutTrailingZeros(_ text: String) -> String {
  guard text.contains(".") else { return text }
  var digits = Substring(text)
  while digits.last == "0" { digits.removeLast() }
  if digits.last == "." { digits.removeLast() }
  return String(digits)
}

private func formatted(
  _ value: Double, _ body: (Double, UnsafeMutablePointer<CChar>, Int) -> Int
) -> String {
  // The largest Double has 309 digits before the point.
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
    guard let start = buffer.baseAddress else { return "" }
    let count = body(value, start, buffer.count)
    return String(decoding: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]), as: UTF8.self)
  }
}
