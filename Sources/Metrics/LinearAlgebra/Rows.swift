// Loops over rows of doubles. Multiplication and addition are separate roundings here, so that a machine without fused
// multiply-add gives the same bits; sums run in eight partial sums and a fixed tree for the same reason.

/// sum_i a_i b_i.
func dot(_ a: UnsafeMutableBufferPointer<Double>, _ b: UnsafeMutableBufferPointer<Double>, count: Int) -> Double {
  guard count > 0, let a = a.baseAddress, let b = b.baseAddress else { return 0 }
  var (first, second) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
  let (left, right) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
  var i = 0
  while i + 16 <= count {
    first +=
      left.loadUnaligned(fromByteOffset: i * 8, as: SIMD8<Double>.self)
      * right.loadUnaligned(fromByteOffset: i * 8, as: SIMD8<Double>.self)
    second +=
      left.loadUnaligned(fromByteOffset: i * 8 + 64, as: SIMD8<Double>.self)
      * right.loadUnaligned(fromByteOffset: i * 8 + 64, as: SIMD8<Double>.self)
    i += 16
  }
  let sums = first + second
  let quarters = sums.lowHalf + sums.highHalf
  let halves = quarters.lowHalf + quarters.highHalf
  var total = halves.x + halves.y
  while i < count {
    total += a[i] * b[i]
    i += 1
  }
  return total
}

/// y_i += x_i factor.
func addScaled(
  _ x: UnsafeMutableBufferPointer<Double>, by factor: Double, to y: UnsafeMutableBufferPointer<Double>, count: Int
) {
  guard count > 0, let x = x.baseAddress, let y = y.baseAddress else { return }
  for i in 0..<count { y[i] += x[i] * factor }
}

/// row_j -= p_j v_i + v_j p_i.
func subtractOuter(
  _ v: UnsafeMutableBufferPointer<Double>, _ vi: Double, _ p: UnsafeMutableBufferPointer<Double>, _ pi: Double,
  from row: UnsafeMutableBufferPointer<Double>, count: Int
) {
  guard count > 0, let v = v.baseAddress, let p = p.baseAddress, let row = row.baseAddress else { return }
  for j in 0..<count { row[j] -= p[j] * vi + v[j] * pi }
}

/// (upper, lower) <- (c upper - s lower, s upper + c lower), entry by entry.
func rotate(
  _ upper: UnsafeMutableBufferPointer<Double>, _ lower: UnsafeMutableBufferPointer<Double>, cosine c: Double,
  sine s: Double
) {
  guard let x = upper.baseAddress, let y = lower.baseAddress else { return }
  for k in 0..<upper.count {
    let old = y[k]
    y[k] = s * x[k] + c * old
    x[k] = c * x[k] - s * old
  }
}

/// sqrt(a^2 + b^2) without overflow.
func hypotenuse(_ a: Double, _ b: Double) -> Double {
  let (larger, smaller) = a.magnitude > b.magnitude ? (a.magnitude, b.magnitude) : (b.magnitude, a.magnitude)
  guard larger > 0 else { return 0 }
  let ratio = smaller / larger
  return larger * (1 + ratio * ratio).squareRoot()
}
