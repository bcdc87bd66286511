internal import CKernels

// The standard library's operators on vectors of floats are generic: a call a lane, which the optimizer puts together
// again only in part. These, for the one vector that the kernels use, are preferred to them and are one instruction.

extension Vector {
  @inline(__always) static func + (a: Vector, b: Vector) -> Vector { wt_add(a, b) }
  @inline(__always) static func - (a: Vector, b: Vector) -> Vector { wt_subtract(a, b) }
  @inline(__always) static func * (a: Vector, b: Vector) -> Vector { wt_multiply(a, b) }
  @inline(__always) static func / (a: Vector, b: Vector) -> Vector { wt_divide(a, b) }
  @inline(__always) static func += (a: inout Vector, b: Vector) { a = wt_add(a, b) }
}
