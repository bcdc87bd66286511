/// The largest pixels of windows, and where they are.
public struct MaxPoolingResult: Sendable {
  /// `[batch, (height - window) / stride + 1, ..., channels]`.
  public var output: Tensor
  /// For each scalar of the output, the place of its source among the scalars of the input.
  public var places: [Int32]
}

extension Tensor {
  /// The largest numbers over windows of `window` by `window` pixels, `stride` apart (by default the window's extent),
  /// in each channel of `[batch, height, width, channels]`.
  ///
  /// Of equals the first, row by row, is taken; a NaN counts as larger than any number. Traps when the window does not
  /// fit.
  public func maxPooled(window: Int, stride: Int? = nil) -> MaxPoolingResult {
    let grid = PoolingGrid("maxPooled", shape, window: window, stride: stride ?? window)
    if count > Int32.max { trap("maxPooled", "the shape " + describe(shape) + " has too many scalars") }
    let output = Tensor(uninitialized: grid.outputShape)
    let (source, target) = (base, output.storage.base)
    let (channels, width) = (grid.channels, grid.width)
    let places = [Int32](unsafeUninitializedCapacity: output.count) { places, initialized in
      guard let slots = places.baseAddress else { return }
      forEachImageRow(grid.batch, rowScalars: grid.height * width * channels) { image in
        grid.forEachWindow(of: image) { result, first in
          var channel = 0
          while channel < channels {
            let start = first + channel
            var largest = Vector(at: source + start)
            var offset = IntVector(repeating: 0)
            for y in 0..<window {
              for x in 0..<window {
                let step = (y * width + x) * channels
                let other = Vector(at: source + start + step)
                // A NaN wins over any number, and stays.
                let isNew = Mask((other |!=| other).lanes & (largest |==| largest).lanes)
                let wins = Mask((other |>| largest).lanes | isNew.lanes)
                largest = largest.replacing(with: other, where: wins)
                offset = offset.replacing(with: IntVector(repeating: Int32(step)), where: wins)
              }
            }
            let lanes = Swift.min(16, channels - channel)
            largest.store(first: lanes, at: target + result + channel)
            for lane in 0..<lanes { slots[result + channel + lane] = Int32(start + lane) + offset[lane] }
            channel += 16
          }
        }
      }
      initialized = output.count
    }
    return withExtendedLifetime(self) { MaxPoolingResult(output: output, places: places) }
  }

  /// The scalars at the given places, in the given shape: max pooling with the choices of another call.
  package func gatheringScalars(at places: [Int32], shape: [Int]) -> Tensor {
    requirePlaces(places, shape.product, below: count, "gatheringScalars")
    let result = Tensor(uninitialized: shape)
    let (source, target) = (base, result.storage.base)
    for (index, place) in places.enumerated() { target[index] = source[Int(place)] }
    return withExtendedLifetime(self) { result }
  }

  /// Zeros of the given shape to which each scalar is added at its place, in order: the adjoint of
  /// ``gatheringScalars(at:shape:)``.
  package func scatteredScalars(at places: [Int32], into shape: [Int]) -> Tensor {
    requirePlaces(places, count, below: shape.product, "scatteredScalars")
    var result = Tensor(zeros: shape)
    let (source, target) = (base, result.uniqueBase())
    for (index, place) in places.enumerated() { target[Int(place)] += source[index] }
    return withExtendedLifetime(self) { result }
  }

  private func requirePlaces(_ places: [Int32], _ expected: Int, below bound: Int, _ operation: String) {
    if places.count != expected {
      trap(operation, String(places.count) + " places do not fit the shape " + describe(shape))
    }
    for place in places where place < 0 || Int(place) >= bound {
      trap(operation, "place " + String(place) + " lies outside; the shape is " + describe(shape))
    }
  }
}
