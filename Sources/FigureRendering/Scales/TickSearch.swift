/// Finds evenly spaced round numbers for an axis.
///
/// The candidates are the multiples of 1, 2 and 5 times a power of ten; where none has room, of 3, 4 and 8 times. They are scored by simplicity, coverage and
/// density as in Talbot, Lin and Hanrahan, "An extension of Wilkinson's algorithm for positioning tick labels on axes"
/// (2010), among those whose labels fit.
struct TickSearch {
  /// Whether the ticks enclose the range, so that the axis is extended to round ends, or lie inside of it.
  enum Coverage { case enclosing, inside }

  struct Result: Equatable {
    var values: [Double]
    var labels: [String]
  }

  var low: Double
  var high: Double
  var coverage: Coverage
  /// Whether ticks stand at whole numbers only.
  var isWhole = false
  /// How many ticks would be best.
  var target: Double
  /// Whether labels fit whose ticks are this far apart, as a fraction of the axis.
  var fits: (_ labels: [String], _ spacing: Double) -> Bool

  /// Nil when no two ticks have room.
  func best() -> Result? {
    // Short axes about zero, as from -4 to 4, may have room for no two multiples of the usual steps.
    best(of: [(1, 1), (2, 0.9), (5, 0.85)]) ?? best(of: [(4, 0.5), (3, 0.4), (8, 0.3)])
  }

  private func best(of steps: [(multiple: Double, simplicity: Double)]) -> Result? {
    let span = high - low
    guard span > 0, span.isFinite else { return nil }
    let finest = DecimalLogarithm.floor(span) - 2
    var best: (score: Double, result: Result)?
    for exponent in finest...finest + 3 {
      for (multiple, simplicity) in steps {
        guard let candidate = candidate(multiple: multiple, exponent: exponent, simplicity: simplicity) else {
          continue
        }
        if best.map({ candidate.score > $0.score }) ?? true { best = candidate }
      }
    }
    return best?.result
  }

  private func candidate(multiple: Double, exponent: Int, simplicity: Double) -> (score: Double, result: Result)? {
    // Dividing by a positive power of ten is exact where multiplying by 0.1 is not.
    let unit = DecimalLogarithm.powerOfTen(abs(exponent))
    func value(_ index: Double) -> Double { exponent < 0 ? index * multiple / unit : index * multiple * unit }
    let step = value(1)
    guard !isWhole || step >= 1 else { return nil }
    let tolerance = 1e-9
    let isEnclosing = coverage == .enclosing
    let first = isEnclosing ? (low / step + tolerance).rounded(.down) : (low / step - tolerance).rounded(.up)
    let last = isEnclosing ? (high / step - tolerance).rounded(.up) : (high / step + tolerance).rounded(.down)
    guard last - first >= 1, last - first <= 40, abs(first) < 1e15, abs(last) < 1e15 else { return nil }
    let values = stride(from: first, through: last, by: 1).map { value($0) + 0 }
    let start = isEnclosing ? min(low, values[0]) : low
    let end = isEnclosing ? max(high, values[values.count - 1]) : high
    let labels = TickLabels.labels(of: values, step: step)
    guard fits(labels, step / (end - start)) else { return nil }
    let count = Double(values.count)
    let gaps = [low - values[0], values[values.count - 1] - high].map { $0 / (high - low) }
    let covering = 1 - 0.5 * (gaps[0] * gaps[0] + gaps[1] * gaps[1]) / 0.01
    let density = 2 - max(count / target, target / count)
    // Ticks inside of the data need not reach the ends; ticks around them shall not waste room.
    let score = 0.25 * simplicity + (isEnclosing ? 0.2 : 0.02) * covering + 0.5 * density
    return (score, Result(values: values, labels: labels))
  }
}
