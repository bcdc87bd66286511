internal import Lessons

/// A mistake in the words after the command's name. Its text says what to write instead.
struct UsageError: Error, Equatable {
  var message: String
}

/// The words after a command's name, held against its description.
struct ParsedArguments: Equatable {
  private(set) var operands: [String] = []
  private var values: [String: String] = [:]
  private var flags: Set<String> = []
  private(set) var wantsHelp = false

  init(_ words: [String], for command: CommandDescription) throws(UsageError) {
    var rest = words[...]
    var onlyOperands = false
    while let word = rest.popFirst() {
      if onlyOperands || !word.hasPrefix("-") || word == "-" {
        operands.append(word)
      } else if word == "--" {
        onlyOperands = true
      } else if word == "--help" || word == "-h" {
        wantsHelp = true
      } else {
        try take(option: word, rest: &rest, command: command)
      }
    }
    guard !wantsHelp else { return }
    if operands.count < command.operands.lowerBound {
      throw UsageError(
        message: "'\(command.name)' needs \(command.operands.lowerBound == 1 ? "a lesson" : "more words")")
    }
    if operands.count > command.operands.upperBound {
      throw UsageError(message: "unexpected '\(operands[command.operands.upperBound])'")
    }
  }

  func value(of name: String) -> String? { values[name] }

  func has(_ flag: String) -> Bool { flags.contains(flag) }

  /// The option's value as a whole number of at least `minimum`.
  func integer(_ name: String, atLeast minimum: Int) throws(UsageError) -> Int? {
    guard let text = values[name] else { return nil }
    guard let number = Int(text), number >= minimum else {
      throw UsageError(message: "\(name) takes a whole number of at least \(minimum), not '\(text)'")
    }
    return number
  }

  /// The option's value as one of `choices`.
  func choice(_ name: String, of choices: [String]) throws(UsageError) -> String? {
    guard let text = values[name] else { return nil }
    guard choices.contains(text) else {
      throw UsageError(message: "\(name) takes \(choices.joined(separator: ", ")), not '\(text)'")
    }
    return text
  }

  private mutating func take(
    option word: String, rest: inout ArraySlice<String>, command: CommandDescription
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = parts[0]
    guard let option = command.options.first(where: { $0.name == name }) else {
      let known = command.options.map(\.name) + ["--help"]
      let hint = NearestName.of(name, among: known).map { "; did you mean '\($0)'?" } ?? ""
      throw UsageError(message: "unknown option '\(name)'\(hint)")
    }
    guard values[name] == nil, !flags.contains(name) else {
      throw UsageError(message: "\(name) stands twice")
    }
    if let value = option.value {
      guard let text = parts.count == 2 ? parts[1] : rest.popFirst(), !text.isEmpty else {
        throw UsageError(message: "\(name) needs a value: \(name) \(value)")
      }
      values[name] = text
    } else {
      guard parts.count == 1 else { throw UsageError(message: "\(name) takes no value") }
      flags.insert(name)
    }
  }
}
