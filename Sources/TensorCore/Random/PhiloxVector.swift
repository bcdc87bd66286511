internal import CKernels

/// The 64 words of sixteen neighbouring blocks of a stream, in the stream's order.
struct PhiloxWords {
  var first: BitVector
  var second: BitVector
  var third: BitVector
  var fourth: BitVector

  /// Sixteen blocks side by side, one a lane; then their words are brought into order.
  @inline(__always)
  init(fromBlock block: UInt64, _ key: RandomKey) {
    let lanes = BitVector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    let low = UInt32(truncatingIfNeeded: block)
    let high = UInt32(truncatingIfNeeded: block >> 32)
    var c0 = BitVector(repeating: low) &+ lanes
    // Lanes whose low word has wrapped around carry into the high word.
    var c1 = BitVector(repeating: high)
      .replacing(with: BitVector(repeating: high &+ 1), where: c0 |<| BitVector(repeating: low))
    var c2 = BitVector(repeating: 0)
    var c3 = BitVector(repeating: 0)
    var k0 = key.words.x
    var k1 = key.words.y
    for _ in 0..<10 {
      let aHigh = wt_multiply_high(c0, 0xd251_1f53)
      let aLow = wt_multiply_low(c0, 0xd251_1f53)
      let bHigh = wt_multiply_high(c2, 0xcd9e_8d57)
      let bLow = wt_multiply_low(c2, 0xcd9e_8d57)
      c0 = bHigh ^ c1 ^ BitVector(repeating: k0)
      c1 = bLow
      c2 = aHigh ^ c3 ^ BitVector(repeating: k1)
      c3 = aLow
      k0 &+= 0x9e37_79b9
      k1 &+= 0xbb67_ae85
    }
    let evenLow = wt_zip_low(c0, c2)
    let oddLow = wt_zip_low(c1, c3)
    let evenHigh = wt_zip_high(c0, c2)
    let oddHigh = wt_zip_high(c1, c3)
    first = wt_zip_low(evenLow, oddLow)
    second = wt_zip_high(evenLow, oddLow)
    third = wt_zip_low(evenHigh, oddHigh)
    fourth = wt_zip_high(evenHigh, oddHigh)
  }
}
