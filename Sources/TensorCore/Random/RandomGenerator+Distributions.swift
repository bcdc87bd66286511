extension RandomGenerator {
  /// A number in `0..<1`: 24 random bits times 2^-24.
  public mutating func uniform() -> Float {
    Float(nextWord() >> 8) * 0x1p-24
  }

  /// A number in `0..<1` of 53 random bits.
  public mutating func uniformDouble() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// One standard normal number. Costs a whole block; draw tensors where there are many.
  public mutating func normal() -> Float {
    normal(shape: [1]).item
  }

  /// A whole number in `0..<bound`, each equally likely (Lemire's multiplication method, arXiv 1805.10941, with
  /// rejection, so without bias). Traps unless `bound` is positive.
  public mutating func integer(below bound: Int) -> Int {
    if bound <= 0 { trap("integer(below:)", "needs a positive bound, got " + String(bound)) }
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// `count` whole numbers in `0..<bound`.
  public mutating func integers(below bound: Int, count: Int) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(count)
    for _ in 0..<count { result.append(integer(below: bound)) }
    return result
  }

  /// The numbers `0..<count` in random order, each order equally likely (Fisher and Yates).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    if count < 2 { return order }
    for last in stride(from: count - 1, through: 1, by: -1) { order.swapAt(last, integer(below: last + 1)) }
    return order
  }

  /// `count` positions, each drawn with probability proportional to its weight. Traps when a weight is negative or not
  /// finite, or when all are 0.
  public mutating func categorical(weights: [Double], count: Int) -> [Int] {
    var cumulative: [Double] = []
    cumulative.reserveCapacity(weights.count)
    var total = 0.0
    for weight in weights {
      if !(weight >= 0) || weight == .infinity { trap("categorical", "the weights must be finite and 0 or more") }
      total += weight
      cumulative.append(total)
    }
    if !(total > 0) || total == .infinity { trap("categorical", "the sum of the weights must be finite and above 0") }
    var result: [Int] = []
    result.reserveCapacity(count)
    for _ in 0..<count {
      let target = uniformDouble() * total
      // The first position whose cumulative weight exceeds the target; it has a weight above 0.
      var (low, high) = (0, cumulative.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if cumulative[middle] > target { high = middle } else { low = middle + 1 }
      }
      while weights[low] == 0 && low > 0 { low -= 1 }
      result.append(low)
    }
    return result
  }

  /// One position for each row of `[n, classes]`, drawn with probability proportional to `e^logit` (the Gumbel-max
  /// method).
  public mutating func categorical(logits: Tensor) -> [Int] {
    if logits.rank != 2 { trap("categorical(logits:)", "needs [rows, classes], got " + describe(logits.shape)) }
    let uniforms = uniform(shape: logits.shape, in: 0x1p-25..<1)
    return (logits - log(-log(uniforms))).argMax(axis: 1)
  }
}
