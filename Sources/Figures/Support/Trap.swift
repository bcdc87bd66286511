// Nothing of it is named here: the import links the mathematics library, which `rounded()` and `squareRoot()` call in
// builds that are not optimized.
internal import Glibc

/// Stops the program at a mistake in a lesson's code. Unlike the text of `precondition`, the message survives
/// optimization.
@inline(never)
func trap(_ message: String) -> Never {
  fatalError(message)
}

/// Traps unless two counts that have to agree do; the message names both.
func requireEqualCounts(_ operation: String, _ first: String, _ firstCount: Int, _ second: String, _ secondCount: Int) {
  guard firstCount == secondCount else {
    trap("\(operation): \(first) has \(firstCount) values, but \(second) has \(secondCount)")
  }
}
