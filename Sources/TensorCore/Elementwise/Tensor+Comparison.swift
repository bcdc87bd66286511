// Comparisons give 1 where they hold and 0 where they do not. They broadcast like the arithmetic operators.

extension Tensor {
  @inline(__always)
  private static func indicator(_ mask: Mask) -> Vector {
    Vector.splat(0).replacing(with: .splat(1), where: mask)
  }

  public static func .< (a: Tensor, b: Tensor) -> Tensor { broadcasting(".<", a, b) { indicator($0 |<| $1) } }
  public static func .<= (a: Tensor, b: Tensor) -> Tensor { broadcasting(".<=", a, b) { indicator($0 |<=| $1) } }
  public static func .> (a: Tensor, b: Tensor) -> Tensor { broadcasting(".>", a, b) { indicator($0 |>| $1) } }
  public static func .>= (a: Tensor, b: Tensor) -> Tensor { broadcasting(".>=", a, b) { indicator($0 |>=| $1) } }
  public static func .== (a: Tensor, b: Tensor) -> Tensor { broadcasting(".==", a, b) { indicator($0 |==| $1) } }
  public static func .!= (a: Tensor, b: Tensor) -> Tensor { broadcasting(".!=", a, b) { indicator($0 |!=| $1) } }

  public static func .< (a: Tensor, b: Float) -> Tensor { a.mapped { indicator($0 |<| .splat(b)) } }
  public static func .<= (a: Tensor, b: Float) -> Tensor { a.mapped { indicator($0 |<=| .splat(b)) } }
  public static func .> (a: Tensor, b: Float) -> Tensor { a.mapped { indicator($0 |>| .splat(b)) } }
  public static func .>= (a: Tensor, b: Float) -> Tensor { a.mapped { indicator($0 |>=| .splat(b)) } }
  public static func .== (a: Tensor, b: Float) -> Tensor { a.mapped { indicator($0 |==| .splat(b)) } }
  public static func .!= (a: Tensor, b: Float) -> Tensor { a.mapped { indicator($0 |!=| .splat(b)) } }

  /// `a` where the condition is not 0, `b` where it is. The three shapes broadcast to each other.
  public static func `where`(_ condition: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
    let shape = broadcastShape(
      broadcastShape(condition.shape, a.shape, operation: "where"), b.shape, operation: "where")
    let condition = condition.broadcast(to: shape)
    let a = a.broadcast(to: shape)
    let b = b.broadcast(to: shape)
    let result = Tensor(uninitialized: shape)
    let destination = result.storage.base
    forEachVectorChunk(result.count) { range in
      for index in stride(from: range.lowerBound, to: range.upperBound, by: 16) {
        let chosen = Vector(at: a.base + index).replacing(
          with: Vector(at: b.base + index), where: Vector(at: condition.base + index) |==| .splat(0))
        chosen.store(at: destination + index)
      }
    }
    return result
  }
}

/// The larger of each pair; NaN where either is. Broadcasts.
public func maximum(_ a: Tensor, _ b: Tensor) -> Tensor {
  Tensor.broadcasting("maximum", a, b) { Vector.larger($0, $1).replacing(with: $0 + $1, where: $0 |!=| $0) }
}

/// The smaller of each pair; NaN where either is. Broadcasts.
public func minimum(_ a: Tensor, _ b: Tensor) -> Tensor {
  Tensor.broadcasting("minimum", a, b) { Vector.smaller($0, $1).replacing(with: $0 + $1, where: $0 |!=| $0) }
}

public func maximum(_ a: Tensor, _ b: Float) -> Tensor { a.mapped { Vector.larger(.splat(b), $0) } }
public func minimum(_ a: Tensor, _ b: Float) -> Tensor { a.mapped { Vector.smaller(.splat(b), $0) } }
