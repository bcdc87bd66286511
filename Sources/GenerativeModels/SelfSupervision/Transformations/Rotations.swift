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
    let (side, channels) = imageSize(of: x.shape)
    return x.permutingColumns(places(side: side, channels: channels, quarters: k))
  }

  /// Which number of the old image stands at each place of the new one.
  private func places(side: Int, channels: Int, quarters: Int) -> [Int32] {
    var places: [Int32] = []
    places.reserveCapacity(side * side * channels)
    let last = side - 1
    for row in 0..<side {
      for column in 0..<side {
        let (oldRow, oldColumn) =
          switch quarters {
          case 1: (column, last - row)
          case 2: (last - row, last - column)
          default: (last - column, row)
          }
        for channel in 0..<channels { places.append(Int32((oldRow * side + oldColumn) * channels + channel)) }
      }
    }
    return places
  }

  private func imageSize(of shape: [Int]) -> (side: Int, channels: Int) {
    if shape.count == 4, shape[1] == shape[2], shape[1] > 0 { return (shape[1], shape[3]) }
    if shape.count == 2 {
      let side = Int(Double(shape[1]).squareRoot())
      if side * side == shape[1], side > 0 { return (side, 1) }
    }
    trap("Rotations", "needs square images [n, h, h, c] or rows [n, h * h], not " + describe(shape))
  }
}

extension Variable {
  /// The numbers of every row in another order: `places[j]` says which one comes to place j. Every place must occur once.
  func permutingColumns(_ places: [Int32]) -> Variable {
    .recorded(value.permutingColumns(places), from: self) { pull in
      var inverse = places
      for (place, source) in places.enumerated() { inverse[Int(source)] = Int32(place) }
      pull.add(pull.upstream.permutingColumns(inverse), to: 0)
    }
  }
}

extension Tensor {
  fileprivate func permutingColumns(_ places: [Int32]) -> Tensor {
    let width = places.count
    return Tensor(shape: shape) { result in
      withUnsafeScalars { source in
        for start in stride(from: 0, to: source.count, by: width) {
          for column in 0..<width { result[start + column] = source[start + Int(places[column])] }
        }
      }
    }
  }
}
