/// A command of `walkthrough`: what it accepts, and what it does.
protocol Command {
  static var description: CommandDescription { get }
  static func run(_ arguments: ParsedArguments) async throws(UsageError) -> ExitCode
}
