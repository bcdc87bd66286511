internal import CKernels

extension RandomGenerator {
  /// Numbers uniform in the range: 24 random bits times 2^-24, scaled. Never the upper bound.
  public mutating func uniform(shape: [Int], in range: Range<Float> = 0..<1) -> Tensor {
    let scale = Vector(repeating: range.upperBound - range.lowerBound)
    let low = Vector(repeating: range.lowerBound)
    let below = Vector(repeating: range.upperBound.nextDown)
    return fill(shape) { words in
      let unit = wt_float(words &>> BitVector(repeating: 8)) * .splat(0x1p-24)
      return pointwiseMin(unit.times(scale, plus: low), below)
    }
  }

  /// Normal numbers (Box and Muller): `sqrt(-2 log u) * cos(2 pi v)` and `... sin(2 pi v)` for `u`, `v` uniform.
  /// `u` has 32 random bits, so that numbers beyond 6 standard deviations occur.
  public mutating func normal(shape: [Int], mean: Float = 0, standardDeviation: Float = 1) -> Tensor {
    let deviation = Vector(repeating: standardDeviation)
    let mean = Vector(repeating: mean)
    Tensor.validate(shape, "normal(shape:)")
    let result = Tensor(uninitialized: shape)
    let pairs = (result.count + 31) / 32
    let first = reserve(blocks: pairs * 8)
    let destination = result.storage.base
    let count = result.count
    let key = key
    func work(_ pair: Int) {
      let block = first + UInt64(pair) * 8
      let u = wt_float(RandomGenerator.vector(fromBlock: block, key)).times(.splat(0x1p-32), plus: 0x1p-33)
      let v = wt_float(RandomGenerator.vector(fromBlock: block + 4, key) &>> BitVector(repeating: 8))
      let radius = (u.logarithm * .splat(-2)).root
      let angle = v * .splat(3.7450704e-7)
      let start = pair * 32
      let target = destination + start
      let x = mean.addingProduct(radius * angle.cosine, deviation)
      if start + 16 <= count { x.store(at: target) } else { x.store(first: count - start, at: target) }
      if start + 16 >= count { return }
      let y = mean.addingProduct(radius * angle.sine, deviation)
      if start + 32 <= count { y.store(at: target + 16) } else { y.store(first: count - start - 16, at: target + 16) }
    }
    if pairs >= 1024 {
      parallelFor(pairs / 64 + 1) { chunk in
        for pair in chunk * 64..<Swift.min(chunk * 64 + 64, pairs) { work(pair) }
      }
    } else {
      for pair in 0..<pairs { work(pair) }
    }
    return result
  }

  /// 1 with the given probability, otherwise 0.
  public mutating func bernoulli(probability: Float, shape: [Int]) -> Tensor {
    uniform(shape: shape) .< probability
  }

  /// The sixteen words of four blocks.
  @inline(__always)
  static func vector(fromBlock block: UInt64, _ key: RandomKey) -> BitVector {
    let (a, b) = (words(of: block, key), words(of: block + 1, key))
    let (c, d) = (words(of: block + 2, key), words(of: block + 3, key))
    return SIMD16(lowHalf: SIMD8(lowHalf: a, highHalf: b), highHalf: SIMD8(lowHalf: c, highHalf: d))
  }

  @inline(__always)
  private mutating func fill(
    _ shape: [Int], _ body: (BitVector) -> Vector
  ) -> Tensor {
    Tensor.validate(shape, "uniform(shape:)")
    let result = Tensor(uninitialized: shape)
    let destination = result.storage.base
    let first = reserve(blocks: (result.count + 15) / 16 * 4)
    let key = key
    forEachVectorChunk(result.count) { range in
      var index = range.lowerBound
      while index < range.upperBound {
        body(RandomGenerator.vector(fromBlock: first + UInt64(index / 4), key))
          .store(at: destination + index)
        index += 16
      }
    }
    return result
  }
}
