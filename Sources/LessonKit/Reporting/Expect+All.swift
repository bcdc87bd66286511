internal import SnippetProtocol

/// States that each of several measured values lies below a bound: max values < bound.
///
///     expect(all: gaps, below: 0.05, "no seed's gap reaches a twentieth")
///
/// What is reported is the largest. NaN never holds, and no values prove nothing: a claim about none of them fails.
public func expect<Value: BinaryFloatingPoint>(
  all values: some Sequence<Value>, below bound: Value, _ claim: String,
  file: String = #filePath, line: Int = #line, column: Int = #column
) {
  let values = Array(values)
  let place = Place(file: file, line: line, column: column)
  let worst = values.max()
  let numbers = ClaimNumbers(room: (worst ?? bound) - bound)
  report(worst: worst, of: values, where: { $0 < bound }, "< \(numbers.text(bound))", numbers, claim, place)
}

/// States that each of several measured values lies above a bound: min values > bound.
///
///     expect(all: coverages, above: 0.9, "every seed reaches nine modes in ten")
///
/// What is reported is the smallest. NaN never holds, and no values prove nothing: a claim about none of them fails.
public func expect<Value: BinaryFloatingPoint>(
  all values: some Sequence<Value>, above bound: Value, _ claim: String,
  file: String = #filePath, line: Int = #line, column: Int = #column
) {
  let values = Array(values)
  let place = Place(file: file, line: line, column: column)
  let worst = values.min()
  let numbers = ClaimNumbers(room: (worst ?? bound) - bound)
  report(worst: worst, of: values, where: { $0 > bound }, "> \(numbers.text(bound))", numbers, claim, place)
}

/// States that each of several measured values lies between two bounds, both included.
///
///     expect(all: spreads, in: 0.9...1.1, "every seed's standard deviation is right within a tenth")
///
/// What is reported is the value with the least room to the nearer bound. NaN never holds, and no values prove nothing: a claim about
/// none of them fails.
public func expect<Value: BinaryFloatingPoint>(
  all values: some Sequence<Value>, in bounds: ClosedRange<Value>, _ claim: String,
  file: String = #filePath, line: Int = #line, column: Int = #column
) {
  let values = Array(values)
  let place = Place(file: file, line: line, column: column)
  let tightest = values.min { bounds.room(around: $0) < bounds.room(around: $1) }
  let numbers = ClaimNumbers(room: tightest.map(bounds.room) ?? 0)
  let expected = "from \(numbers.text(bounds.lowerBound)) to \(numbers.text(bounds.upperBound))"
  report(worst: tightest, of: values, where: bounds.contains, expected, numbers, claim, place)
}

private func report<Value: BinaryFloatingPoint>(
  worst: Value?, of values: [Value], where holds: (Value) -> Bool, _ expected: String, _ numbers: ClaimNumbers,
  _ claim: String, _ place: Place
) {
  let shown = values.first(where: \.isNaN) ?? worst
  let text = shown.map { numbers.text($0) } ?? "no values"
  let detail = "\(text), expected \(values.count == 1 ? "" : "all ")\(expected)"
  report(Claim(text: claim, holds: !values.isEmpty && values.allSatisfy(holds), detail: detail, place: place))
}

extension ClosedRange where Bound: FloatingPoint {
  /// How far a value lies inside of the nearer bound; negative outside. A bound may be infinite.
  func room(around value: Bound) -> Bound {
    Swift.min(value - lowerBound, upperBound - value)
  }
}
