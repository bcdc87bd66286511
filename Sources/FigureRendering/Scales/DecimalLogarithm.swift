/// Powers of ten and their inverse, made of additions, multiplications and divisions in a fixed order: the libraries'
/// own differ in the last bit from one processor to the next, and a figure has the same bytes everywhere.
package enum DecimalLogarithm {
  /// 10ⁿ, correctly rounded.
  static func powerOfTen(_ exponent: Int) -> Double {
    Double("1e\(exponent)") ?? .nan
  }

  /// log₁₀ of a positive finite number, within 4 units in the last place.
  ///
  /// x = 2ᵏ·m with m in [1/√2, √2); ln m = 2 artanh((m - 1)/(m + 1)), whose series in s² ≤ 0.0295 is cut after s²³:
  /// the remainder is below 2·10⁻²⁰.
  package static func of(_ x: Double) -> Double {
    var significand = x.significand
    var exponent = Double(x.exponent)
    if significand > 1.4142135623730951 {
      significand /= 2
      exponent += 1
    }
    let s = (significand - 1) / (significand + 1)
    let square = s * s
    var sum = 0.0
    for k in stride(from: 23.0, through: 1, by: -2) { sum = sum * square + 1 / k }
    return exponent * 0.30102999566398120 + 2 * s * sum * 0.43429448190325183
  }

  /// The largest n with 10ⁿ ≤ x, for a positive finite x.
  package static func floor(_ x: Double) -> Int {
    var exponent = Int(of(x).rounded(.down))
    // The logarithm may be off by its last bit right at a power of ten.
    while powerOfTen(exponent) > x { exponent -= 1 }
    while powerOfTen(exponent + 1) <= x { exponent += 1 }
    return exponent
  }
}
