// The arithmetic operators broadcast: axes are matched from the last, and an extent of 1 or a missing axis is repeated.

extension Tensor {
  public static func + (a: Tensor, b: Tensor) -> Tensor { broadcasting("+", a, b) { $0 + $1 } }
  public static func - (a: Tensor, b: Tensor) -> Tensor { broadcasting("-", a, b) { $0 - $1 } }
  public static func * (a: Tensor, b: Tensor) -> Tensor { broadcasting("*", a, b) { $0 * $1 } }
  public static func / (a: Tensor, b: Tensor) -> Tensor { broadcasting("/", a, b) { $0 / $1 } }

  public static func + (a: Tensor, b: Float) -> Tensor { a.mapped { $0 + .splat(b) } }
  public static func - (a: Tensor, b: Float) -> Tensor { a.mapped { $0 - .splat(b) } }
  public static func * (a: Tensor, b: Float) -> Tensor { a.mapped { $0 * .splat(b) } }
  public static func / (a: Tensor, b: Float) -> Tensor { a.mapped { $0 / .splat(b) } }

  public static func + (a: Float, b: Tensor) -> Tensor { b.mapped { .splat(a) + $0 } }
  public static func - (a: Float, b: Tensor) -> Tensor { b.mapped { .splat(a) - $0 } }
  public static func * (a: Float, b: Tensor) -> Tensor { b.mapped { .splat(a) * $0 } }
  public static func / (a: Float, b: Tensor) -> Tensor { b.mapped { .splat(a) / $0 } }

  public static prefix func - (a: Tensor) -> Tensor {
    a.mapped { Vector(bits: $0.bits ^ BitVector(repeating: 0x8000_0000)) }
  }

  /// Adds in place where this tensor owns its scalars and has the result's shape.
  public static func += (a: inout Tensor, b: Tensor) {
    if a.shape == b.shape { a.zipInPlace(with: b) { $0 + $1 } } else { a = a + b }
  }

  public static func -= (a: inout Tensor, b: Tensor) {
    if a.shape == b.shape { a.zipInPlace(with: b) { $0 - $1 } } else { a = a - b }
  }

  public static func *= (a: inout Tensor, b: Tensor) {
    if a.shape == b.shape { a.zipInPlace(with: b) { $0 * $1 } } else { a = a * b }
  }

  public static func /= (a: inout Tensor, b: Tensor) {
    if a.shape == b.shape { a.zipInPlace(with: b) { $0 / $1 } } else { a = a / b }
  }

  public static func += (a: inout Tensor, b: Float) { a.mapInPlace { $0 + .splat(b) } }
  public static func -= (a: inout Tensor, b: Float) { a.mapInPlace { $0 - .splat(b) } }
  public static func *= (a: inout Tensor, b: Float) { a.mapInPlace { $0 * .splat(b) } }
  public static func /= (a: inout Tensor, b: Float) { a.mapInPlace { $0 / .splat(b) } }

  /// `self += scale * other`, in one pass, rounded once. The shapes must be equal.
  public mutating func add(_ other: Tensor, scaledBy scale: Float) {
    requireSameShape(other, "add(_:scaledBy:)")
    zipInPlace(with: other) { $0.plusProduct($1, .splat(scale)) }
  }

  /// `self += weight * (other - self)`: the step of an exponential moving average. The shapes must be equal.
  public mutating func interpolate(toward other: Tensor, by weight: Float) {
    requireSameShape(other, "interpolate(toward:by:)")
    zipInPlace(with: other) { $0.plusProduct($1 - $0, .splat(weight)) }
  }

  package func requireSameShape(_ other: Tensor, _ operation: String) {
    if shape != other.shape {
      trap(operation, "the shapes " + describe(shape) + " and " + describe(other.shape) + " differ")
    }
  }
}
