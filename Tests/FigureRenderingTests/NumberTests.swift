import FigureRendering
import Foundation
import Testing

@Suite struct NumberTests {
  @Test(arguments: [
    (0.0, 2, "0.00"), (-0.001, 2, "0.00"), (-0.005, 2, "-0.01"), (1234.5, 0, "1235"), (0.1 + 0.2, 3, "0.300"),
    (-12.345, 1, "-12.3"), (1e300, 1, "1e+300"), (.nan, 1, "nan"), (7, -3, "7"), (0.5, 40, "0.500000000000000"),
  ])
  func fixedDecimals(_ value: Double, _ decimals: Int, _ text: String) {
    #expect(DecimalText.fixed(value, decimals: decimals) == text)
  }

  @Test(arguments: [(2.50, "2.5"), (100, "100"), (0.04, "0"), (-3, "-3")])
  func trimmedDecimals(_ value: Double, _ text: String) { #expect(DecimalText.trimmed(value, decimals: 1) == text) }

  @Test(arguments: [
    (0.0, "0"), (0.0208123, "0.0208"), (123.4, "123"), (98_765.4, "98,765"), (-2e-7, "−2×10⁻⁷"), (1.25e9, "1.3×10⁹"),
    (.infinity, "–"),
  ])
  func shortNumbers(_ value: Double, _ text: String) { #expect(DecimalText.short(value) == text) }

  @Test func logarithmAgreesWithTheLibrary() {
    var random = Noise(1)
    for _ in 0..<20_000 {
      let value = (0.5 + random.uniform()) * (Double("1e\(Int(random.uniform() * 400) - 200)") ?? .nan)
      let expected = log10(value)
      #expect(abs(DecimalLogarithm.of(value) - expected) <= 4 * max(expected.ulp.magnitude, 1e-16))
    }
    for exponent in -300...300 {
      let value = Double("1e\(exponent)") ?? .nan
      #expect(DecimalLogarithm.floor(value) == exponent && DecimalLogarithm.floor(value.nextDown) == exponent - 1)
    }
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func base64OfTheStandard(_ text: String, _ encoded: String) { #expect(Base64.encode(Array(text.utf8)) == encoded) }
}
