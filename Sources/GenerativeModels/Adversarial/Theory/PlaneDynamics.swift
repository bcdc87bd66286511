internal import TensorCore

/// A complex number, as an eigenvalue of a real matrix may be.
public struct ComplexNumber: Sendable, Hashable {
  public var real: Double
  public var imaginary: Double

  public init(real: Double, imaginary: Double = 0) {
    self.real = real
    self.imaginary = imaginary
  }

  /// The distance from 0.
  public var modulus: Double { (real * real + imaginary * imaginary).squareRoot() }
}

/// A real 2 x 2 matrix [[a, b], [c, d]].
public struct PlaneMatrix: Sendable, Hashable {
  public var a, b, c, d: Double

  public init(_ a: Double, _ b: Double, _ c: Double, _ d: Double) { (self.a, self.b, self.c, self.d) = (a, b, c, d) }

  public static let identity = PlaneMatrix(1, 0, 0, 1)

  public var trace: Double { a + d }
  public var determinant: Double { a * d - b * c }

  /// The roots of x^2 - trace x + determinant: trace / 2 +- sqrt(trace^2 / 4 - determinant), the one with the plus
  /// first.
  public var eigenvalues: (ComplexNumber, ComplexNumber) { roots(trace: trace, determinant: determinant) }

  /// The larger modulus of the two eigenvalues: the factor by which repeated application comes to stretch vectors.
  public var spectralRadius: Double { max(eigenvalues.0.modulus, eigenvalues.1.modulus) }

  /// The two matrices added.
  public static func + (m: PlaneMatrix, n: PlaneMatrix) -> PlaneMatrix {
    PlaneMatrix(m.a + n.a, m.b + n.b, m.c + n.c, m.d + n.d)
  }

  /// The matrix scaled.
  public static func * (factor: Double, m: PlaneMatrix) -> PlaneMatrix {
    PlaneMatrix(factor * m.a, factor * m.b, factor * m.c, factor * m.d)
  }

  /// The matrix product m n: n is applied first.
  public static func * (m: PlaneMatrix, n: PlaneMatrix) -> PlaneMatrix {
    PlaneMatrix(
      m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d, m.c * n.a + m.d * n.c, m.c * n.b + m.d * n.d)
  }
}

/// The roots of x^2 - trace x + determinant.
func roots(trace: Double, determinant: Double) -> (ComplexNumber, ComplexNumber) {
  let (middle, discriminant) = (trace / 2, trace * trace / 4 - determinant)
  let root = abs(discriminant).squareRoot()
  guard discriminant >= 0 else {
    return (ComplexNumber(real: middle, imaginary: root), ComplexNumber(real: middle, imaginary: -root))
  }
  return (ComplexNumber(real: middle + root), ComplexNumber(real: middle - root))
}
