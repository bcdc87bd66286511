import TensorCore
import Testing

@Suite struct PoolingTests {
  @Test func upsamplingRepeatsPixels() {
    let small = Tensor([1, 2, 3, 4, 5, 6, 7, 8], shape: [1, 2, 2, 2])
    let large = small.upsampledNearest(factor: 3)
    #expect(large.shape == [1, 6, 6, 2])
    for y in 0..<6 {
      for x in 0..<6 {
        for c in 0..<2 {
          #expect(large.scalars[(y * 6 + x) * 2 + c] == small.scalars[((y / 3) * 2 + x / 3) * 2 + c])
        }
      }
    }
    #expect(large.summedSquares(factor: 3) == small * 9)
  }

  /// `<A x, y> = <x, A' y>`, in whole numbers, so exactly.
  @Test(arguments: [(1, 1), (2, 2), (2, 1), (3, 2), (4, 4)]) func adjoints(_ window: Int, _ stride: Int) {
    var random = RandomGenerator(seed: UInt64(window * 10 + stride))
    func whole(_ shape: [Int]) -> Tensor {
      Tensor(random.integers(below: 17, count: shape.reduce(1, *)).map { Float($0 * 16) }, shape: shape)
    }
    let x = whole([3, 7, 9, 18])
    let y = whole(x.averagePooled(window: window, stride: stride).shape)
    let scale = Float(window * window)
    let pooled = (x.averagePooled(window: window, stride: stride) * scale).mapScalars { $0.rounded() }
    let spread = (y.averagePooledAdjoint(inputShape: x.shape, window: window, stride: stride) * scale).mapScalars {
      $0.rounded()
    }
    #expect((pooled * y).doubleSum == (x * spread).doubleSum)
    var naive = [Float](repeating: 0, count: y.count)
    let (rows, columns) = (y.shape[1], y.shape[2])
    let maxima = x.maxPooled(window: window, stride: stride).output.scalars
    for index in naive.indices {
      let (c, pixel) = (index % 18, index / 18)
      let (column, row, n) = (pixel % columns, pixel / columns % rows, pixel / columns / rows)
      var largest = -Float.infinity
      for i in 0..<window {
        for j in 0..<window {
          let value = x.scalar(at: ((n * 7 + row * stride + i) * 9 + column * stride + j) * 18 + c)
          naive[index] += value
          largest = max(largest, value)
        }
      }
      #expect(maxima[index] == largest)
      if index > 300 { break }
    }
    #expect(pooled.scalars.prefix(300) == naive.prefix(300))
  }

  @Test func maximaTakeTheFirstOfEqualsAndKeepNaN() {
    let result = Tensor([1, 3, 3, 2], shape: [1, 2, 2, 1]).maxPooled(window: 2)
    #expect(result.output.scalars == [3])
    #expect(result.places == [1])
    #expect(Tensor([1, .nan, 3, 2], shape: [1, 2, 2, 1]).maxPooled(window: 2).output.scalars[0].isNaN)
  }
}

extension Tensor {
  fileprivate func mapScalars(_ body: (Float) -> Float) -> Tensor { Tensor(scalars.map(body), shape: shape) }
  fileprivate func scalar(at index: Int) -> Float { withUnsafeScalars { $0[index] } }
  fileprivate var doubleSum: Double { scalars.reduce(0) { $0 + Double($1) } }
}
