/// The number formats that can be read. Half precision and bfloat16 become `Float` exactly; F64 is rounded.
enum NumberFormat: String {
  case float32 = "F32"
  case float64 = "F64"
  case float16 = "F16"
  case bfloat16 = "BF16"

  var width: Int {
    switch self {
    case .float64: 8
    case .float32: 4
    case .float16, .bfloat16: 2
    }
  }

  /// The number whose bytes, as a little-endian word, are given.
  func float(_ bits: UInt64) -> Float {
    switch self {
    case .float32: return Float(bitPattern: UInt32(truncatingIfNeeded: bits))
    case .float64: return Float(Double(bitPattern: bits))
    case .bfloat16: return Float(bitPattern: UInt32(truncatingIfNeeded: bits) << 16)
    case .float16: return half(UInt32(truncatingIfNeeded: bits))
    }
  }

  private func half(_ bits: UInt32) -> Float {
    let sign = (bits & 0x8000) << 16
    let exponent = bits >> 10 & 0x1f
    let fraction = bits & 0x3ff
    switch exponent {
    case 0:
      let magnitude = Float(fraction) * 0x1p-24
      return sign == 0 ? magnitude : -magnitude
    case 0x1f: return Float(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
