extension LineMark {
  /// The density of values, smoothed: at x it is (1 / n h) Σ K((x - xᵢ) / h) with Epanechnikov's kernel
  /// K(u) = 3/4 (1 - u²) for |u| < 1.
  ///
  /// Nil bandwidth: h = 2.34 σ n^(-1/5), the best for normal data (Silverman, "Density Estimation for Statistics and Data
  /// Analysis", 1986, section 3.4). Missing values are left out. The curve has 200 points from h below the least value
  /// to h above the greatest, or over `range`. Traps on a bandwidth that is not positive.
  public init(
    _ name: String = "", densityOf values: [some PlotNumber], bandwidth: Double? = nil,
    range: ClosedRange<Double>? = nil, isFilled: Bool = true
  ) {
    let data = values.plotValues.filter { abs($0) <= 1e100 }.sorted()
    guard let least = data.first, let greatest = data.last else {
      self.init(name, x: [Double](), y: [Double](), isFilled: isFilled)
      return
    }
    let h = bandwidth ?? Self.bandwidth(of: data)
    guard h > 0, h.isFinite else { trap("LineMark \"\(name)\": a bandwidth of \(h)") }
    let domain = range ?? least - h...greatest + h
    let count = 200
    let step = (domain.upperBound - domain.lowerBound) / Double(count - 1)
    let x = (0..<count).map { domain.lowerBound + Double($0) * step }
    var start = 0
    let y = x.map { place in
      // Only neighbours count, and they move on with the place.
      while start < data.count, data[start] <= place - h { start += 1 }
      var sum = 0.0
      for value in data[start...] {
        guard value < place + h else { break }
        let u = (place - value) / h
        sum += 0.75 * (1 - u * u)
      }
      return sum / (Double(data.count) * h)
    }
    self.init(name, x: x, y: y, isFilled: isFilled)
  }

  private static func bandwidth(of data: [Double]) -> Double {
    let count = Double(data.count)
    let mean = data.reduce(0, +) / count
    let deviation = (data.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)).squareRoot()
    // The fifth root by Newton's method, which needs no library: from above it falls to the root.
    var root = max(1, count)
    for _ in 0..<200 {
      let fourth = root * root * root * root
      let next = root - (root * fourth - count) / (5 * fourth)
      if next >= root { break }
      root = next
    }
    let width = 2.34 * deviation / root
    return width > 0 ? width : max(abs(mean) * 1e-3, 1e-3)
  }
}
