public import Autodiff
internal import TensorCore

/// Rotations of square images by 0, 90, 180 and 270 degrees, counterclockwise (Gidaris et al. 2018, arXiv 1803.07728).
///
/// Images are `[n, h, h, c]`, or rows `[n, h * h]` of one channel. A rotation moves pixels and changes none.
public struct Rotations: Transformations, Sendable, Hashable {
  public var count: Int { 4 }

  public init() {}

  /// Traps on images that are not square.
  public func callAsFunction(_ x: Variable, _ k: Int) -> Variable {
    check(k, "Rotations")
    if k == 0 { return x }
    return x.reshaped(to: imageShape(of: x.shape)).rotated(quarterTurns: k).reshaped(to: x.shape)
  }

  private func imageShape(of shape: [Int]) -> [Int] {
    if shape.count == 4, shape[1] == shape[2] { return shape }
    if shape.count == 2 {
      let side = Int(Double(shape[1]).squareRoot())
      if side * side == shape[1] { return [shape[0], side, side, 1] }
    }
    trap("Rotations", "needs square images [n, h, h, c] or rows [n, h * h], not " + describe(shape))
  }
}
