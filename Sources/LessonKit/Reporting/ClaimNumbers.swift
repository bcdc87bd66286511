/// How a claim's numbers are written: with as many digits as show on which side of its bound a value lies, rounded to a
/// tenth of the room between them, and with four at least.
struct ClaimNumbers {
  private static let fewest = 4
  /// All that a Double has.
  private static let most = 17

  private let rounding: Double

  /// - Parameter room: how far the value is from where the claim would turn out otherwise.
  init<Value: BinaryFloatingPoint>(room: Value) { rounding = abs(Double(room)) / 10 }

  func text<Value: BinaryFloatingPoint>(_ value: Value) -> String {
    let value = Double(value)
    var text = significantText(value, digits: Self.fewest)
    // No room at all means that the two are equal: nothing would tell them apart. Nor are there digits in NaN.
    guard value.isFinite, rounding > 0 else { return text }
    for digits in Self.fewest + 1...Self.most {
      if let rounded = Double(text), abs(rounded - value) <= rounding { break }
      text = significantText(value, digits: digits)
    }
    return text
  }
}
