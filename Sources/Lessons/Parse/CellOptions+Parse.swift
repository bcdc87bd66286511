extension CellOptions {
  static let knownKeys = [
    "label", "caption", "alt", "echo", "output", "fold", "eval", "ignore", "error", "timeout",
  ]

  /// The options in `yaml`, and the place of the label among them.
  static func parse(
    _ yaml: MappedText, cell: SourceRange, mistakes: MistakeList
  ) -> (options: CellOptions, labelRange: SourceRange?) {
    let reader = OptionReader(yaml, knownKeys: knownKeys, noun: "option", mistakes: mistakes)
    var options = CellOptions()
    options.label = reader.string("label").flatMap { label in
      checked(label: label, at: reader.valueRange("label") ?? cell, mistakes) ? label : nil
    }
    options.caption = reader.nonEmptyString("caption")
    options.alt = reader.nonEmptyString("alt")
    options.echo = reader.bool("echo") ?? options.echo
    options.output = reader.bool("output") ?? options.output
    options.fold = reader.bool("fold") ?? options.fold
    options.eval = reader.bool("eval") ?? options.eval
    options.ignore = reader.bool("ignore") ?? options.ignore
    options.error = reader.nonEmptyString("error")
    options.timeout = reader.positiveNumber("timeout")
    reportMissing(options, reader, cell, mistakes)
    reportConflicts(options, reader, mistakes)
    return (options, options.label == nil ? nil : reader.valueRange("label"))
  }

  private var isFigure: Bool { label?.hasPrefix("fig-") ?? false }

  private static func checked(label: String, at place: SourceRange, _ mistakes: MistakeList) -> Bool {
    if !isWellFormed(label: label) {
      mistakes.add(
        "malformed-label", "'\(label)' is not a label", at: place,
        remedy: "begin with a lower-case letter and go on with lower-case letters, digits and hyphens")
    } else if label.hasPrefix("eq-") {
      mistakes.add(
        "malformed-label", "labels that begin with 'eq-' belong to equations, and this is a cell's", at: place,
        remedy: "name a figure 'fig-…', and any other cell as you like")
    } else if label.hasPrefix("cell-"), Int(label.dropFirst(5)) != nil {
      mistakes.add(
        "malformed-label", "'\(label)' is the name of a cell without a label, by its number", at: place,
        remedy: "choose a name that says what the cell does")
    } else {
      return true
    }
    return false
  }

  /// Whether `label` matches `[a-z][a-z0-9-]*`.
  static func isWellFormed(label: String) -> Bool {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let first = label.utf8.first, letters.contains(first) else { return false }
    return label.utf8.allSatisfy { letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "-") }
  }

  private static func reportMissing(
    _ options: CellOptions, _ reader: OptionReader, _ cell: SourceRange, _ mistakes: MistakeList
  ) {
    if options.isFigure, let place = reader.valueRange("label") {
      for (key, purpose) in [("caption", "what it shows"), ("alt", "what someone who cannot see it should know")]
      where reader.isMissing(key) {
        mistakes.add(
          "missing-\(key)", "the figure '\(options.label ?? "")' has no '\(key)'", at: place,
          remedy: "add a line '//| \(key): …' that says \(purpose)")
      }
    } else if options.caption != nil, reader.isMissing("alt"), let place = reader.keyRange("caption") {
      mistakes.add(
        "missing-alt", "a cell with a 'caption' shows a figure, and this one has no 'alt'", at: place,
        remedy: "add a line '//| alt: …' that says what someone who cannot see it should know")
    }
  }

  private static func reportConflicts(_ options: CellOptions, _ reader: OptionReader, _ mistakes: MistakeList) {
    func conflict(_ first: String, _ second: String, _ reason: String) {
      guard let place = reader.keyRange(second), let other = reader.keyRange(first) else { return }
      mistakes.add(
        "conflicting-options", "'\(second)' and '\(first)' contradict each other: \(reason)", at: place,
        notes: [mistakes.note("the other one is here", at: other)], remedy: "keep one of the two")
    }
    if options.ignore {
      let reason = "an ignored cell is neither compiled nor run"
      for key in ["eval", "error", "timeout"] { conflict("ignore", key, reason) }
      if options.isFigure { conflict("ignore", "label", reason + ", so it shows no figure") }
    } else if !options.eval {
      let reason = "a cell with 'eval: false' is not run"
      conflict("eval", "timeout", reason)
      if options.isFigure { conflict("eval", "label", reason + ", so it shows no figure") }
    }
    if options.error != nil, options.isFigure {
      conflict("error", "label", "a cell that must fail shows no figure")
    }
    if !options.output, options.isFigure { conflict("output", "label", "the figure would not be seen") }
    if !options.echo, options.fold { conflict("echo", "fold", "code that is not shown cannot be folded") }
  }
}
