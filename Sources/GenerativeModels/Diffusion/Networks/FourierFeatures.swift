public import Autodiff
internal import TensorCore

/// A point together with sines and cosines of it: [x, sin(2^k x), cos(2^k x)] for k = 0, ..., octaves - 1.
///
/// A network on raw coordinates learns slow functions first and may never learn sharp ones (Tancik et al. 2020, arXiv
/// 2006.10739); narrow modes need the octaves.
public struct FourierFeatures: Sendable, Hashable {
  /// The number of coordinates.
  public let dimension: Int
  public let octaves: Int

  /// Traps when there are no coordinates or the octaves are negative.
  public init(dimension: Int, octaves: Int) {
    guard dimension >= 1, octaves >= 0 else {
      trap(
        "FourierFeatures",
        "needs at least one coordinate and no negative number of octaves, not " + String(dimension) + " and "
          + String(octaves))
    }
    self.dimension = dimension
    self.octaves = octaves
  }

  /// The width of the result: dimension (1 + 2 octaves).
  public var width: Int { dimension * (1 + 2 * octaves) }

  /// `[n, dimension]` to `[n, width]`.
  public func callAsFunction(_ x: Variable) -> Variable {
    if octaves == 0 { return x }
    var parts = [x]
    for octave in 0..<octaves {
      let scaled = x * Float(1 << octave)
      parts.append(sin(scaled))
      parts.append(cos(scaled))
    }
    return .concatenated(parts, axis: 1)
  }
}
