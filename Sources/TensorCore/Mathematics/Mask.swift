internal import CKernels

infix operator |<| : ComparisonPrecedence
infix operator |>| : ComparisonPrecedence
infix operator |<=| : ComparisonPrecedence
infix operator |>=| : ComparisonPrecedence
infix operator |==| : ComparisonPrecedence
infix operator |!=| : ComparisonPrecedence

/// Which lanes a comparison holds for. Swift's own `SIMDMask` does the same, but the compiler takes it apart lane by
/// lane; these comparisons and choices are one instruction each.
struct Mask {
  /// All ones in a lane that is chosen, zeros elsewhere.
  var lanes: IntVector

  @inline(__always) init(_ lanes: IntVector) { self.lanes = lanes }

  /// Whether any lane is chosen.
  @inline(__always) var any: Bool { wt_any(lanes) }

  @inline(__always) static prefix func ! (mask: Mask) -> Mask { Mask(~mask.lanes) }
}

extension Vector {
  @inline(__always) static func |<| (a: Vector, b: Vector) -> Mask { Mask(wt_less(a, b)) }
  @inline(__always) static func |>| (a: Vector, b: Vector) -> Mask { Mask(wt_less(b, a)) }
  @inline(__always) static func |<=| (a: Vector, b: Vector) -> Mask { Mask(wt_less_or_equal(a, b)) }
  @inline(__always) static func |>=| (a: Vector, b: Vector) -> Mask { Mask(wt_less_or_equal(b, a)) }
  @inline(__always) static func |==| (a: Vector, b: Vector) -> Mask { Mask(wt_equal(a, b)) }
  @inline(__always) static func |!=| (a: Vector, b: Vector) -> Mask { Mask(wt_not_equal(a, b)) }

  @inline(__always) func replacing(with other: Vector, where mask: Mask) -> Vector {
    wt_select(mask.lanes, other, self)
  }
}

extension IntVector {
  @inline(__always) static func |<| (a: IntVector, b: IntVector) -> Mask { Mask(wt_int_less(a, b)) }
  @inline(__always) static func |==| (a: IntVector, b: IntVector) -> Mask { Mask(wt_int_equal(a, b)) }

  @inline(__always) func replacing(with other: IntVector, where mask: Mask) -> IntVector {
    wt_select_int(mask.lanes, other, self)
  }
}

extension BitVector {
  @inline(__always) static func |<| (a: BitVector, b: BitVector) -> Mask { Mask(wt_bits_less(a, b)) }

  @inline(__always) func replacing(with other: BitVector, where mask: Mask) -> BitVector {
    wt_select_bits(mask.lanes, other, self)
  }
}
