package import Testing

/// Records an issue unless a process stopped with this text: what the caller did wrong, with its name, and what would do.
///
///     expectTrap(
///       "Shifts: count: …",
///       await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { … })
package func expectTrap(
  _ text: String, _ result: ExitTest.Result?, sourceLocation: SourceLocation = #_sourceLocation
) {
  let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  #expect(message.contains("Fatal error: " + text), "\(message.prefix(300))", sourceLocation: sourceLocation)
}
