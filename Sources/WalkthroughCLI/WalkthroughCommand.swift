internal import Foundation
internal import Lessons

/// The command line's entry: finds the command, lets it run, ends the process with its exit code.
public enum WalkthroughCommand {
  private static let commands = [BuildCommand.command, RunCommand.command, ListCommand.command]

  public static func main() async {
    let words = Array(CommandLine.arguments.dropFirst())
    let work = Task { await run(words) }
    let interruption = Interruption(cancelling: work)
    let code = await work.value
    interruption.stop()
    exit(work.isCancelled ? ExitCode.interrupted.rawValue : code.rawValue)
  }

  static func run(_ words: [String]) async -> ExitCode {
    guard let name = words.first else {
      StandardOutput.write(overview + "\n", to: STDERR_FILENO)
      return .usage
    }
    if ["--help", "-h"].contains(name) || (name == "help" && words.count == 1) {
      StandardOutput.write(overview + "\n")
      return .success
    }
    let isHelp = name == "help"
    let commandName = isHelp ? words[1] : name
    guard let command = commands.first(where: { $0.description.name == commandName }) else {
      let known = commands.map(\.description.name) + ["help"]
      let hint = NearestName.of(commandName, among: known).map { "; did you mean '\($0)'?" } ?? ""
      return refuse("unknown command '\(commandName)'\(hint)", help: "walkthrough help")
    }
    do {
      let arguments = try ParsedArguments(isHelp ? ["--help"] : Array(words.dropFirst()), for: command.description)
      if arguments.wantsHelp {
        StandardOutput.write(command.description.helpText + "\n")
        return .success
      }
      return try await command.run(arguments)
    } catch {
      return refuse(
        (error as? UsageError)?.message ?? String(describing: error), help: "walkthrough help \(commandName)")
    }
  }

  private static func refuse(_ message: String, help: String) -> ExitCode {
    StandardOutput.write("walkthrough: \(message)\n  '\(help)' shows what it accepts\n", to: STDERR_FILENO)
    return .usage
  }

  private static var overview: String {
    var lines = [
      "usage: walkthrough COMMAND …", "",
      "Turns Markdown lessons with Swift code into a site, or runs them in the terminal.", "", "commands:",
    ]
    lines += Columns.aligned(
      commands.map { ($0.description.name, $0.description.summary) } + [
        ("help COMMAND", "Show what a command accepts.")
      ])
    lines += ["", "exit codes:"]
    lines += Columns.aligned(ExitCode.allCases.map { (String($0.rawValue), $0.meaning) })
    return lines.joined(separator: "\n")
  }
}
