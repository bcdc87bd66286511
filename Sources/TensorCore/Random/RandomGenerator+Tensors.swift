internal import CKernels

extension RandomGenerator {
  /// Numbers uniform in the range: 24 random bits times 2^-24, scaled. Never the upper bound. Number `i` comes from
  /// word `i` of the stream.
  public mutating func uniform(shape: [Int], in range: Range<Float> = 0..<1) -> Tensor {
    let scale = Vector(repeating: range.upperBound - range.lowerBound)
    let low = Vector(repeating: range.lowerBound)
    let below = Vector(repeating: range.upperBound.nextDown)
    return fill(shape, "uniform(shape:)") { words, numbers in
      let unit = { (bits: BitVector) in
        Vector.smaller((wt_float(bits &>> BitVector(repeating: 8)) * .splat(0x1p-24)).times(scale, plus: low), below)
      }
      numbers = (unit(words.first), unit(words.second), unit(words.third), unit(words.fourth))
    }
  }

  /// Normal numbers (Box and Muller): `sqrt(-2 log u) * cos(2 pi v)` and `... sin(2 pi v)` for `u`, `v` uniform.
  ///
  /// Of each 32 words of the stream, the first 16 give `u`, with 32 bits, so that numbers beyond 6 standard deviations
  /// occur; the others give `v`, with 24; the cosines come first.
  public mutating func normal(shape: [Int], mean: Float = 0, standardDeviation: Float = 1) -> Tensor {
    let deviation = Vector(repeating: standardDeviation)
    let mean = Vector(repeating: mean)
    return fill(shape, "normal(shape:)") { words, numbers in
      let pair = { (first: BitVector, second: BitVector) in
        let u = wt_float(first).times(.splat(0x1p-32), plus: 0x1p-33)
        let radius = (u.logarithm * .splat(-2)).root * deviation
        let angle = wt_float(second &>> BitVector(repeating: 8)) * .splat(3.7450704e-7)
        return (mean.plusProduct(radius, angle.cosine), mean.plusProduct(radius, angle.sine))
      }
      let (a, b) = pair(words.first, words.second)
      let (c, d) = pair(words.third, words.fourth)
      numbers = (a, b, c, d)
    }
  }

  /// 1 with the given probability, otherwise 0.
  public mutating func bernoulli(probability: Float, shape: [Int]) -> Tensor {
    uniform(shape: shape) .< probability
  }

  /// Fills a tensor, 64 numbers from sixteen blocks at a time.
  @inline(__always)
  private mutating func fill(
    _ shape: [Int], _ operation: String,
    _ body: (PhiloxWords, inout (Vector, Vector, Vector, Vector)) -> Void
  ) -> Tensor {
    Tensor.validate(shape, operation)
    let result = Tensor(uninitialized: shape)
    let count = result.count
    let destination = result.storage.base
    let groups = (count + 63) / 64
    let first = reserve(blocks: groups * 16)
    let key = key
    func chunk(_ range: Range<Int>) {
      for group in range {
        var numbers = (Vector.splat(0), Vector.splat(0), Vector.splat(0), Vector.splat(0))
        body(PhiloxWords(fromBlock: first + UInt64(group * 16), key), &numbers)
        let start = group * 64
        let target = destination + start
        // The buffer may be written up to the end of the vector that holds its last number.
        numbers.0.store(at: target)
        if start + 16 < count { numbers.1.store(at: target + 16) }
        if start + 32 < count { numbers.2.store(at: target + 32) }
        if start + 48 < count { numbers.3.store(at: target + 48) }
      }
    }
    let size = 64
    if groups < 4 * size {
      chunk(0..<groups)
    } else {
      parallelFor((groups + size - 1) / size) { chunk($0 * size..<Swift.min(($0 + 1) * size, groups)) }
    }
    return result
  }
}
