/// Reads a YAML mapping with known keys and tells of every key that is unknown, doubled or of the wrong type.
struct OptionReader {
  private let entries: [String: YAMLNode.Entry]
  private let yaml: MappedText
  private let mistakes: MistakeList
  /// What a key is called in messages: "option" or "front matter key".
  private let noun: String
  /// Whether the text is YAML at all; keys that are missing from one that is not are no mistake of their own.
  private let isReadable: Bool
  /// Keys that an unknown one most likely stands for.
  private let misspelt: Set<String>

  init(_ yaml: MappedText, knownKeys: [String], noun: String, mistakes: MistakeList) {
    self.init(
      Self.mapping(yaml, noun: noun, mistakes: mistakes), in: yaml, knownKeys: knownKeys, noun: noun,
      mistakes: mistakes)
  }

  /// Of a mapping that is part of the text; nil where it is none.
  private init(
    _ mapping: [YAMLNode.Entry]?, in yaml: MappedText, knownKeys: [String], noun: String, mistakes: MistakeList
  ) {
    self.yaml = yaml
    self.noun = noun
    self.mistakes = mistakes
    var entries: [String: YAMLNode.Entry] = [:]
    var misspelt: Set<String> = []
    isReadable = mapping != nil
    for entry in mapping ?? [] {
      let place = yaml.range(entry.key.range)
      guard case .scalar(let key, _) = entry.key.kind else {
        mistakes.add("malformed-yaml", "\(noun)s are plain names, not \(entry.key.description)", at: place)
        continue
      }
      guard knownKeys.contains(key) else {
        let nearest = NearestName.of(key, among: knownKeys)
        if let nearest { misspelt.insert(nearest) }
        mistakes.add(
          noun == "option" ? "unknown-option" : "unknown-key", "unknown \(noun) '\(key)'", at: place,
          remedy: nearest.map { "did you mean '\($0)'?" } ?? "known: \(knownKeys.joined(separator: ", "))")
        continue
      }
      if let first = entries[key] {
        mistakes.add(
          "duplicate-key", "\(noun) '\(key)' is given twice", at: place,
          notes: [mistakes.note("first given here", at: yaml.range(first.key.range))],
          remedy: "keep one of the two")
        continue
      }
      entries[key] = entry
    }
    self.entries = entries
    self.misspelt = misspelt
  }

  private static func mapping(_ yaml: MappedText, noun: String, mistakes: MistakeList) -> [YAMLNode.Entry]? {
    do {
      guard let root = try YAMLParser.parse(yaml.text) else { return [] }
      if case .mapping(let entries) = root.kind { return entries }
      mistakes.add(
        "malformed-yaml", "\(noun)s are written 'name: value', and this is \(root.description)",
        at: yaml.range(trimmed(root.range, in: yaml)), remedy: "write a name, a colon, a space and a value")
    } catch {
      let end = yaml.bytes.count
      let offset = min(error.offset, max(0, end - 1))
      mistakes.add(
        "malformed-yaml", "this is not YAML: \(error.message)", at: yaml.range(offset..<min(end, offset + 1)),
        remedy: "write 'name: value' on each line, and put a value that holds ': ', '#' or quotes in quotes")
    }
    return nil
  }

  /// Whether `key` is not there, and no other mistake that was told explains it.
  func isMissing(_ key: String) -> Bool {
    isReadable && entries[key] == nil && !misspelt.contains(key)
  }

  func keyRange(_ key: String) -> SourceRange? {
    entries[key].map { yaml.range($0.key.range) }
  }

  func valueRange(_ key: String) -> SourceRange? {
    entries[key].map { yaml.range(Self.trimmed($0.value.range, in: yaml)) }
  }

  /// Text; plain numbers and truth values count as the text that they are.
  func string(_ key: String) -> String? {
    read(key, "text") { node in
      guard case .scalar(let text, let isPlain) = node.kind, !isPlain || node.description != "nothing" else {
        return nil
      }
      return text
    }
  }

  /// Text that is more than spaces, without those around it (a folded text ends with a newline).
  func nonEmptyString(_ key: String) -> String? {
    guard let text = string(key) else { return nil }
    var trimmed = text.drop(while: \.isWhitespace)
    while trimmed.last?.isWhitespace ?? false { trimmed.removeLast() }
    if !trimmed.isEmpty { return String(trimmed) }
    mistakes.add(
      "empty-value", "\(noun) '\(key)' is empty", at: place(of: key), remedy: "write the text, or leave the line out")
    return nil
  }

  func bool(_ key: String) -> Bool? {
    read(key, "true or false") { node in
      guard case .scalar(let text, isPlain: true) = node.kind else { return nil }
      return text == "true" ? true : text == "false" ? false : nil
    }
  }

  func integer(_ key: String) -> Int? {
    read(key, "a whole number") { node in
      guard case .scalar(let text, isPlain: true) = node.kind else { return nil }
      return Int(text)
    }
  }

  func positiveNumber(_ key: String) -> Double? {
    read(key, "a number above zero") { node in
      guard case .scalar(let text, isPlain: true) = node.kind, let value = Double(text), value > 0, value.isFinite
      else { return nil }
      return value
    }
  }

  func strings(_ key: String) -> [String]? {
    let items = read(key, "a list of texts") { node in
      if case .sequence(let items) = node.kind { items } else { nil }
    }
    return items?.compactMap { item in
      if case .scalar(let text, _) = item.kind, item.description != "nothing" { return text }
      mistakes.add(
        "wrong-type", "an item of \(noun) '\(key)' must be text, and this is \(described(item))",
        at: yaml.range(Self.trimmed(item.range, in: yaml)), remedy: "write text")
      return nil
    }
  }

  /// One text, or several.
  func stringOrStrings(_ key: String) -> [String]? {
    if case .sequence? = entries[key]?.value.kind { return strings(key) }
    return nonEmptyString(key).map { [$0] }
  }

  /// A list of mappings, each with its place.
  func records(_ key: String, knownKeys: [String], noun: String) -> [(reader: OptionReader, range: SourceRange)] {
    let items = read(key, "a list") { node in
      if case .sequence(let items) = node.kind { items } else { nil }
    }
    return (items ?? []).compactMap { item in
      let range = yaml.range(Self.trimmed(item.range, in: yaml))
      guard case .mapping(let entries) = item.kind else {
        mistakes.add(
          "wrong-type", "an item of \(self.noun) '\(key)' must have the keys \(knownKeys.joined(separator: ", "))",
          at: range, remedy: "write '- \(knownKeys[0]): …' and the others on the lines below, indented alike")
        return nil
      }
      let reader = OptionReader(entries, in: yaml, knownKeys: knownKeys, noun: noun, mistakes: mistakes)
      let start = entries.first.map { yaml.range($0.key.range) } ?? range
      return (reader, start)
    }
  }

  /// Where the items of a list stand.
  func elementRanges(_ key: String) -> [SourceRange] {
    guard let value = entries[key]?.value, case .sequence(let items) = value.kind else { return [] }
    return items.map { yaml.range(Self.trimmed($0.range, in: yaml)) }
  }

  private func read<Value>(_ key: String, _ expected: String, _ convert: (YAMLNode) -> Value?) -> Value? {
    guard let entry = entries[key] else { return nil }
    if let value = convert(entry.value) { return value }
    let isMissing = entry.value.description == "nothing"
    mistakes.add(
      "wrong-type",
      isMissing
        ? "\(noun) '\(key)' has no value"
        : "\(noun) '\(key)' must be \(expected), and this is \(described(entry.value))",
      at: place(of: key), remedy: "write \(expected)\(isMissing ? " behind the colon" : "")")
    return nil
  }

  private func described(_ node: YAMLNode) -> String {
    // As written, so that quotes, which make text of a number, are seen.
    let written = String(decoding: yaml.bytes[Self.trimmed(node.range, in: yaml)], as: UTF8.self)
    if case .scalar = node.kind, !written.isEmpty, written.count <= 40, !written.contains("\n") {
      return "'\(written)'"
    }
    return node.description
  }

  private func place(of key: String) -> SourceRange {
    guard let entry = entries[key] else { return yaml.range(0..<0) }
    let value = Self.trimmed(entry.value.range, in: yaml)
    return yaml.range(value.isEmpty ? entry.key.range : value)
  }

  /// libyaml ends a block's range where the next token starts; people look at the text.
  private static func trimmed(_ range: Range<Int>, in yaml: MappedText) -> Range<Int> {
    var end = min(range.upperBound, yaml.bytes.count)
    while end > range.lowerBound, yaml.bytes[end - 1] <= UInt8(ascii: " ") { end -= 1 }
    return range.lowerBound..<end
  }
}
