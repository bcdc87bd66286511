/// A command of `walkthrough`: what it accepts, and what it does.
struct Command: Sendable {
  var description: CommandDescription
  /// Throws `UsageError` where the words do not fit together.
  var run: @Sendable (ParsedArguments) async throws -> ExitCode
}
