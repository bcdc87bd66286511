/// The sine of an angle in radians. Error below 1 ULP for every finite angle; NaN for others.
public func sin(_ x: Double) -> Double {
  let angle = reduceAngle(x)
  switch angle.quadrant & 3 {
  case 0: return sineKernel(angle.high, angle.low)
  case 1: return cosineKernel(angle.high, angle.low)
  case 2: return -sineKernel(angle.high, angle.low)
  default: return -cosineKernel(angle.high, angle.low)
  }
}

/// The cosine of an angle in radians. Error below 1 ULP for every finite angle; NaN for others.
public func cos(_ x: Double) -> Double {
  let angle = reduceAngle(x)
  switch angle.quadrant & 3 {
  case 0: return cosineKernel(angle.high, angle.low)
  case 1: return -sineKernel(angle.high, angle.low)
  case 2: return -cosineKernel(angle.high, angle.low)
  default: return sineKernel(angle.high, angle.low)
  }
}

/// `high + low` in `[-pi/4, pi/4]` and how many quarter turns were taken off, modulo 4.
struct ReducedAngle {
  var high: Double
  var low: Double
  var quadrant: Int
}

func reduceAngle(_ x: Double) -> ReducedAngle {
  if !x.isFinite { return ReducedAngle(high: .nan, low: 0, quadrant: 0) }
  if x.magnitude <= 0.7853981633974483 { return ReducedAngle(high: x, low: 0, quadrant: 0) }
  if x.magnitude > 1_000_000 { return reduceLargeAngle(x) }
  // pi/2 in three parts of 33 bits and one more: products with n < 2^20 are exact, so only the end is rounded.
  let n = (x * 0.6366197723675814).nearestInteger
  let first = x - n * 0x1.921fb544p+0
  let second = n * 0x1.0b4611a6p-34
  let afterSecond = first - second
  let lostSecond = (first - afterSecond) - second
  let third = n * 0x1.3198a2e037073p-69
  let rest = lostSecond - third
  let high = afterSecond + rest
  return ReducedAngle(high: high, low: (afterSecond - high) + rest, quadrant: Int(n) & 3)
}

/// Payne and Hanek's reduction: only the bits of 2/pi that matter for `x mod 2 pi` are multiplied in.
private func reduceLargeAngle(_ x: Double) -> ReducedAngle {
  let magnitude = x.magnitude
  let exponent = Int(magnitude.exponent) - 52
  let mantissa = magnitude.significandBitPattern | (1 << 52)
  // x = mantissa 2^exponent. Bits of 2/pi above 2^(2 - exponent) give multiples of 4 quarter turns: drop them.
  let firstBit = exponent - 2
  let window = (0..<4).map { twoOverPiWord(fromBit: firstBit + 64 * $0) }
  // product = mantissa * window, 64 x 256 bits, keeping the low 256: its top two bits count quarter turns.
  var product = [UInt64](repeating: 0, count: 4)
  var carry: UInt64 = 0
  for index in (0..<4).reversed() {
    let wide = mantissa.multipliedFullWidth(by: window[index])
    let (sum, overflow) = wide.low.addingReportingOverflow(carry)
    product[index] = sum
    carry = wide.high &+ (overflow ? 1 : 0)
  }
  func shiftLeft(_ words: [UInt64], by bits: Int) -> [UInt64] {
    if bits == 0 { return words }
    return (0..<4).map { (words[$0] << UInt64(bits)) | ($0 < 3 ? words[$0 + 1] >> UInt64(64 - bits) : 0) }
  }
  var quadrant = Int(truncatingIfNeeded: product[0] >> 62)
  var fraction = shiftLeft(product, by: 2)
  let negative = fraction[0] >> 63 == 1
  if negative {
    quadrant += 1
    var carry: UInt64 = 1
    for index in (0..<4).reversed() {
      let (sum, overflow) = (~fraction[index]).addingReportingOverflow(carry)
      fraction[index] = sum
      carry = overflow ? 1 : 0
    }
  }
  // fraction is below 1/2 now; take 106 bits of it as two doubles and multiply by pi/2.
  var bits = fraction
  var scale = 1.0
  while bits[0] >> 62 == 0 && scale > 0x1p-128 {
    bits = shiftLeft(bits, by: 1)
    scale *= 0.5
  }
  let top = Double(bits[0] >> 11) * 0x1p-53
  let rest = Double(((bits[0] & 0x7ff) << 42) | (bits[1] >> 22)) * 0x1p-106
  let high = top * 1.5707963267948966
  let low = (-high).addingProduct(top, 1.5707963267948966) + (rest * 1.5707963267948966 + top * 6.123233995736766e-17)
  let sum = high + low
  let sign = (x < 0) != negative ? -scale : scale
  return ReducedAngle(high: sum * sign, low: (low - (sum - high)) * sign, quadrant: (x < 0 ? -quadrant : quadrant) & 3)
}

/// 64 bits of 2/pi starting `bit` places behind the binary point; before it there are only zeros.
private func twoOverPiWord(fromBit bit: Int) -> UInt64 {
  let word = bit >> 6
  let shift = UInt64(bit & 63)
  func at(_ index: Int) -> UInt64 { twoOverPi.indices.contains(index) ? twoOverPi[index] : 0 }
  return shift == 0 ? at(word) : (at(word) << shift) | (at(word + 1) >> (64 - shift))
}

/// `sin(x + low)` for `|x| <= pi/4`: the Taylor series to the 17th power.
private func sineKernel(_ x: Double, _ low: Double) -> Double {
  let square = x * x
  var series = 1.0 / 355_687_428_096_000
  series = series.fusedMultiplyAdd(square, -1.0 / 1_307_674_368_000)
  series = series.fusedMultiplyAdd(square, 1.0 / 6_227_020_800)
  series = series.fusedMultiplyAdd(square, -1.0 / 39_916_800)
  series = series.fusedMultiplyAdd(square, 1.0 / 362_880)
  series = series.fusedMultiplyAdd(square, -1.0 / 5_040)
  series = series.fusedMultiplyAdd(square, 1.0 / 120)
  series = series.fusedMultiplyAdd(square, -1.0 / 6)
  return x + (low * (1 - 0.5 * square)).addingProduct(x * square, series)
}

/// `cos(x + low)` for `|x| <= pi/4`: the Taylor series to the 18th power, `1 - x^2 / 2` carried in two parts.
private func cosineKernel(_ x: Double, _ low: Double) -> Double {
  let square = x * x
  var series = -1.0 / 6_402_373_705_728_000
  series = series.fusedMultiplyAdd(square, 1.0 / 20_922_789_888_000)
  series = series.fusedMultiplyAdd(square, -1.0 / 87_178_291_200)
  series = series.fusedMultiplyAdd(square, 1.0 / 479_001_600)
  series = series.fusedMultiplyAdd(square, -1.0 / 3_628_800)
  series = series.fusedMultiplyAdd(square, 1.0 / 40_320)
  series = series.fusedMultiplyAdd(square, -1.0 / 720)
  series = series.fusedMultiplyAdd(square, 1.0 / 24)
  let half = 0.5 * square
  let most = 1 - half
  let lost = (1 - most) - half
  return most + (lost - x * low).addingProduct(square * square, series)
}
