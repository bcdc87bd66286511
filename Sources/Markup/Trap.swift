/// Stops the program at a programmer's mistake. Unlike the text of `precondition`, the message survives optimization.
@inline(never)
package func trap(_ message: String) -> Never {
  fatalError(message)
}
