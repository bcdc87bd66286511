import CKernels
import TensorCore
import Testing

/// The multiply-add of WebAssembly against this machine's, bit for bit.
@Suite struct SoftwareFMATests {
  /// Exponents (biased) of the factors and of the addend, and how many of the significand's last bits are zero: numbers of
  /// few bits have sums that lie halfway between two floats.
  struct Range: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var factors: ClosedRange<Int>
    var addends: ClosedRange<Int>
    var zeros: Int
  }

  static let singles = [
    Range(testDescription: "any", factors: 0...255, addends: 0...255, zeros: 0),
    Range(testDescription: "near 1", factors: 120...134, addends: 90...160, zeros: 0),
    Range(testDescription: "near 1, few bits", factors: 120...134, addends: 90...160, zeros: 10),
    Range(testDescription: "subnormal", factors: 40...64, addends: 0...2, zeros: 0),
    Range(testDescription: "subnormal, few bits", factors: 40...64, addends: 0...2, zeros: 21),
    Range(testDescription: "far addend", factors: 120...134, addends: 0...30, zeros: 10),
  ]

  @Test(arguments: singles)
  func floatsAreRoundedOnce(range: Range) {
    var random = RandomGenerator(seed: 31)
    func draw(_ exponents: ClosedRange<Int>) -> Float {
      let exponent = exponents.lowerBound + random.integer(below: exponents.count)
      let word = random.nextWord()
      let significand = ((word & 0x7f_ffff) >> UInt32(range.zeros)) << UInt32(range.zeros)
      return Float(bitPattern: (word & 0x8000_0000) | UInt32(exponent) << 23 | significand)
    }
    for _ in 0..<100_000 {
      var (a, b, c) = (SIMD4<Float>.zero, SIMD4<Float>.zero, SIMD4<Float>.zero)
      for lane in 0..<4 {
        (a[lane], b[lane], c[lane]) = (draw(range.factors), draw(range.factors), draw(range.addends))
      }
      let found = wt_software_fma4(a, b, c)
      for lane in 0..<4 {
        let wanted = c[lane].addingProduct(a[lane], b[lane])
        let single = wt_software_fmaf(a[lane], b[lane], c[lane])
        guard Self.isSame(found[lane], wanted), Self.isSame(single, wanted) else {
          Issue.record("\(a[lane]) * \(b[lane]) + \(c[lane]): \(found[lane]) and \(single), not \(wanted)")
          return
        }
      }
    }
  }

  /// Sums whose exact value lies next to the middle of two floats, on either side by far less than a double can tell.
  @Test func sumsBesideTheMiddleOfTwoFloatsGoTheRightWay() {
    for scale in [Float(1), 0x1p-126, 0x1p-149] {
      // 0.5 units in the last place of 1, from a product of which one bit more hangs far below.
      for (a, b) in [(1 + 0x1p-23, 1 - 0x1p-23), (1, 1), (1 + 0x1p-20, 1 + 0x1p-23)] as [(Float, Float)] {
        for c in [1, 1 + 0x1p-23, -1, 0x1p30] as [Float] {
          for shift in [Float(0x1p-24), 0x1p-25, 0x1p6] {
            let (x, y, z) = (a * shift, b * scale, c * scale)
            let found = wt_software_fma4(SIMD4(repeating: x), SIMD4(repeating: y), SIMD4(repeating: z))
            #expect(Self.isSame(found[0], z.addingProduct(x, y)), "\(x) * \(y) + \(z)")
          }
        }
      }
    }
  }

  static let doubles = [
    Range(testDescription: "any", factors: 0...2047, addends: 0...2047, zeros: 0),
    Range(testDescription: "near 1", factors: 1015...1030, addends: 900...1100, zeros: 0),
    Range(testDescription: "near 1, few bits", factors: 1015...1030, addends: 900...1100, zeros: 26),
    Range(testDescription: "subnormal", factors: 480...540, addends: 0...2, zeros: 0),
    Range(testDescription: "subnormal, few bits", factors: 480...540, addends: 0...2, zeros: 50),
    Range(testDescription: "overflowing", factors: 1520...1540, addends: 2040...2046, zeros: 0),
  ]

  @Test(arguments: doubles)
  func doublesAreRoundedOnce(range: Range) {
    var random = RandomGenerator(seed: 64)
    func draw(_ exponents: ClosedRange<Int>) -> Double {
      let exponent = exponents.lowerBound + random.integer(below: exponents.count)
      let word = random.next()
      let significand = ((word & 0xf_ffff_ffff_ffff) >> UInt64(range.zeros)) << UInt64(range.zeros)
      return Double(bitPattern: (word & 1 << 63) | UInt64(exponent) << 52 | significand)
    }
    for number in 0..<200_000 {
      let (a, b) = (draw(range.factors), draw(range.factors))
      // Every other addend cancels the rounded product, or all but its last bits.
      let c = number.isMultiple(of: 2) ? draw(range.addends) : -(a * b) * (1 + Double(number % 3 - 1) * 0x1p-52)
      let (found, wanted) = (wt_software_fma(a, b, c), c.addingProduct(a, b))
      guard found.bitPattern == wanted.bitPattern || (found.isNaN && wanted.isNaN) else {
        Issue.record("\(a) * \(b) + \(c): \(found), not \(wanted)")
        return
      }
    }
  }

  private static func isSame(_ a: Float, _ b: Float) -> Bool { a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN) }
}
