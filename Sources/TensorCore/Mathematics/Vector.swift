internal import CKernels

/// Sixteen floats: what every elementwise kernel works on. A machine with narrower registers uses several for it; the
/// lanes do not depend on each other, so the bits are the same.
typealias Vector = SIMD16<Float>

/// Sixteen signed integers, lane by lane beside a `Vector`.
typealias IntVector = SIMD16<Int32>

/// The bits of a `Vector`.
typealias BitVector = SIMD16<UInt32>

extension Vector {
  /// Loads from any address that is aligned for a float.
  @inline(__always)
  init(at pointer: UnsafePointer<Float>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self)
  }

  @inline(__always)
  init(at pointer: UnsafeMutablePointer<Float>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self)
  }

  @inline(__always)
  func store(at pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Vector.self)
  }

  /// Stores the first `count` lanes, all of them from sixteen on.
  @inline(__always)
  func store(first count: Int, at pointer: UnsafeMutablePointer<Float>) {
    if count >= 16 { store(at: pointer) } else { storePart(count, pointer) }
  }

  /// Out of line: picking lanes by a variable index would keep the vector in memory in the whole loop around it.
  @inline(never)
  private func storePart(_ count: Int, _ pointer: UnsafeMutablePointer<Float>) {
    for lane in 0..<Swift.max(count, 0) { pointer[lane] = self[lane] }
  }

  @inline(__always)
  var bits: BitVector { unsafeBitCast(self, to: BitVector.self) }

  @inline(__always)
  init(bits: BitVector) { self = unsafeBitCast(bits, to: Vector.self) }

  /// The square roots, correctly rounded. `squareRoot()` of a SIMD type is sixteen scalar calls.
  @inline(__always)
  var root: Vector { wt_square_root(self) }

  /// The lanes moved into the range; NaN stays NaN.
  @inline(__always)
  func clamped(_ low: Float, _ high: Float) -> Vector {
    .larger(.splat(low), .smaller(.splat(high), self))
  }

  /// The larger of each pair of lanes; `b` where either is NaN. (`pointwiseMax` drops NaN, at twice the cost.)
  @inline(__always)
  static func larger(_ a: Vector, _ b: Vector) -> Vector { b.replacing(with: a, where: a |>| b) }

  /// The smaller of each pair of lanes; `b` where either is NaN.
  @inline(__always)
  static func smaller(_ a: Vector, _ b: Vector) -> Vector { b.replacing(with: a, where: a |<| b) }

  @inline(__always)
  var magnitude: Vector { Vector(bits: bits & BitVector(repeating: 0x7fff_ffff)) }

  @inline(__always)
  static func splat(_ value: Float) -> Vector { Vector(repeating: value) }

  /// `self * x + next`, rounded once: a polynomial's step.
  @inline(__always)
  func times(_ x: Vector, plus next: Vector) -> Vector { wt_multiply_add(self, x, next) }

  @inline(__always)
  func times(_ x: Vector, plus next: Float) -> Vector { wt_multiply_add(self, x, .splat(next)) }

  /// `self + a * b`, rounded once.
  @inline(__always)
  func plusProduct(_ a: Vector, _ b: Vector) -> Vector { wt_multiply_add(a, b, self) }

  /// The one tree by which sixteen partial sums become one: halves are added to each other four times.
  @inline(__always)
  var treeSum: Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}
