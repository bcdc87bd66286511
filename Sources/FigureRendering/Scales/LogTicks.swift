/// Ticks of a logarithmic axis: powers of ten, thinned where there are many, joined by 2 and 5 times them where there
/// are few.
struct LogTicks {
  /// Positive, `low < high`.
  var low: Double
  var high: Double
  var coverage: TickSearch.Coverage
  var target: Double
  /// Whether labels fit whose ticks are at least this far apart, as a fraction of the axis.
  var fits: (_ labels: [String], _ spacing: Double) -> Bool

  /// Nil when the range is too narrow, or the axis too short, for two of them.
  func best() -> TickSearch.Result? {
    let first = DecimalLogarithm.floor(low)
    let last = DecimalLogarithm.floor(high) + 1
    var best: (score: Double, result: TickSearch.Result)?
    for multiples in [[1.0, 2, 5], [1.0, 3], [1.0]] {
      let count = multiples.count
      for stride in count > 1 ? [1] : [1, 2, 3, 5, 10, 20, 50] {
        let start = Int((Double(first) / Double(stride)).rounded(.down)) * stride
        let powers = Swift.stride(from: start, through: last + stride, by: stride).filter { abs($0) <= 300 }
        let all = powers.flatMap { power in
          multiples.map { $0 == 1 ? DecimalLogarithm.powerOfTen(power) : Double("\(Int($0))e\(power)") ?? .nan }
        }
        guard let values = selected(from: all), values.count >= 2, let result = labelled(values) else { continue }
        let score =
          2 - max(Double(values.count) / target, target / Double(values.count)) - 0.05 * Double(count)
          - (coverage == .enclosing ? 5 * waste(values) : 0)
        if best.map({ score > $0.score }) ?? true { best = (score, result) }
      }
    }
    return best?.result
  }

  /// How much of the axis the ticks at its ends would leave empty: the sum of the squared shares.
  private func waste(_ values: [Double]) -> Double {
    let (start, end) = (DecimalLogarithm.of(low), DecimalLogarithm.of(high))
    return [start - DecimalLogarithm.of(values[0]), DecimalLogarithm.of(values[values.count - 1]) - end]
      .reduce(0) { sum, gap in sum + max(0, gap) * max(0, gap) / ((end - start) * (end - start)) }
  }

  private func selected(from values: [Double]) -> [Double]? {
    let below = low * (1 + 1e-9)
    let above = high * (1 - 1e-9)
    switch coverage {
    case .inside:
      return values.filter { $0 >= low * (1 - 1e-9) && $0 <= high * (1 + 1e-9) }
    case .enclosing:
      guard let first = values.lastIndex(where: { $0 <= below }), let last = values.firstIndex(where: { $0 >= above })
      else { return nil }
      return first < last ? Array(values[first...last]) : nil
    }
  }

  private func labelled(_ values: [Double]) -> TickSearch.Result? {
    let logs = values.map(DecimalLogarithm.of)
    let start = coverage == .inside ? DecimalLogarithm.of(low) : min(DecimalLogarithm.of(low), logs[0])
    let end = coverage == .inside ? DecimalLogarithm.of(high) : max(DecimalLogarithm.of(high), logs[logs.count - 1])
    let spacing = zip(logs.dropFirst(), logs).map { $0 - $1 }.min() ?? 0
    let isPlain = values[0] >= 0.99e-3 && values[values.count - 1] <= 1.01e4
    let labels = values.map { TickLabels.label(ofPower: $0, plain: isPlain) }
    return fits(labels, spacing / (end - start)) ? TickSearch.Result(values: values, labels: labels) : nil
  }
}
