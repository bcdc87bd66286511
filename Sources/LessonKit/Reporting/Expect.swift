internal import SnippetProtocol

/// States a claim of the lesson: what the prose says about a run, checked against the run.
///
///     expect(reconstructionError < pcaError, "the autoencoder beats PCA")
///
/// A claim that does not hold fails the build at this line; the lesson goes on, so that all of its failed claims are
/// reported together.
public func expect(
  _ condition: Bool, _ claim: String,
  file: String = #filePath, line: Int = #line, column: Int = #column
) {
  report(Claim(text: claim, holds: condition, detail: "", place: Place(file: file, line: line, column: column)))
}

/// States that a measured value equals another up to a tolerance: |value − expected| ≤ tolerance.
///
///     expect(ring.meanRadius, equals: 2, within: 0.05, "the modes lie on the circle")
///
/// NaN never holds.
public func expect<Value: BinaryFloatingPoint>(
  _ value: Value, equals expected: Value, within tolerance: Value, _ claim: String,
  file: String = #filePath, line: Int = #line, column: Int = #column
) {
  let holds = abs(value - expected) <= tolerance || value == expected
  let error = abs(value - expected)
  let numbers = ClaimNumbers(room: min(abs(tolerance - error), tolerance))
  let detail =
    "\(numbers.text(value)), expected \(numbers.text(expected)) ± \(ClaimNumbers(room: tolerance).text(tolerance))"
  report(Claim(text: claim, holds: holds, detail: detail, place: Place(file: file, line: line, column: column)))
}

/// States that a value equals another.
///
///     expect(coverage.modes, equals: 8, "every mode is reached")
public func expect<Value: Equatable>(
  _ value: Value, equals expected: Value, _ claim: String,
  file: String = #filePath, line: Int = #line, column: Int = #column
) {
  let detail = "\(comparisonText(value)), expected \(comparisonText(expected))"
  report(
    Claim(text: claim, holds: value == expected, detail: detail, place: Place(file: file, line: line, column: column)))
}

/// States that a measured value lies below a bound: value < bound.
///
///     expect(error, below: pcaError, "its error is below PCA's")
public func expect<Value: BinaryFloatingPoint>(
  _ value: Value, below bound: Value, _ claim: String,
  file: String = #filePath, line: Int = #line, column: Int = #column
) {
  let numbers = ClaimNumbers(room: value - bound)
  let detail = "\(numbers.text(value)) \(value < bound ? "<" : "≥") \(numbers.text(bound))"
  report(
    Claim(text: claim, holds: value < bound, detail: detail, place: Place(file: file, line: line, column: column)))
}

/// States that a measured value lies above a bound: value > bound.
///
///     expect(coverage, above: 0.9, "nine modes in ten are reached")
public func expect<Value: BinaryFloatingPoint>(
  _ value: Value, above bound: Value, _ claim: String,
  file: String = #filePath, line: Int = #line, column: Int = #column
) {
  let numbers = ClaimNumbers(room: value - bound)
  let detail = "\(numbers.text(value)) \(value > bound ? ">" : "≤") \(numbers.text(bound))"
  report(
    Claim(text: claim, holds: value > bound, detail: detail, place: Place(file: file, line: line, column: column)))
}

/// States that a measured value lies between two bounds, both included.
///
///     expect(rate, in: 0.85...0.95, "nine runs in ten succeed")
public func expect<Value: BinaryFloatingPoint>(
  _ value: Value, in bounds: ClosedRange<Value>, _ claim: String,
  file: String = #filePath, line: Int = #line, column: Int = #column
) {
  let numbers = ClaimNumbers(room: bounds.room(around: value))
  let detail =
    "\(numbers.text(value)), expected \(numbers.text(bounds.lowerBound)) to \(numbers.text(bounds.upperBound))"
  report(
    Claim(
      text: claim, holds: bounds.contains(value), detail: detail, place: Place(file: file, line: line, column: column)))
}

func report(_ claim: Claim) {
  MemoStore.refuse("a claim")
  guard !Channel.isOpen else { return Channel.send(.claim(claim)) }
  print(claim.holds ? "✓" : "✗", claim.text, claim.detail.isEmpty ? "" : "(\(claim.detail))")
}
