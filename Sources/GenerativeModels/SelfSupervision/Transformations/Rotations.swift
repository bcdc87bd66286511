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
    let (height, width, channels) = imageSize(of: shape, in: "Rotations")
    guard height == width else {
      trap("Rotations", "images " + describe(shape) + " are not square; crop or pad them to a square first")
    }
    return [shape[0], height, width, channels]
  }
}
