internal import CLessonRuntime

/// The text of a value in running prose: numbers rounded as in `proseText`, whole numbers in groups of three, everything
/// else as Swift describes it, an optional without its wrapping.
func readerText<Value>(_ value: Value) -> String {
  if let value = value as? Int { return groupedText(value) }
  return text(of: value, number: proseText)
}

/// The text of a value in a claim's comparison by equality.
func comparisonText<Value>(_ value: Value) -> String { text(of: value) { significantText($0, digits: 7) } }

private func text<Value>(of value: Value, number: (Double) -> String) -> String {
  switch value {
  case let value as Double: number(value)
  case let value as Float: number(Double(value))
  case let value as Float16: number(Double(value))
  case let values as [Double]: "[" + values.map(number).joined(separator: ", ") + "]"
  case let values as [Float]: "[" + values.map { number(Double($0)) }.joined(separator: ", ") + "]"
  case let value as any OptionalValue: value.content.map { text(of: $0, number: number) } ?? "none"
  default: String(describing: value)
  }
}

private protocol OptionalValue {
  var content: Any? { get }
}

extension Optional: OptionalValue {
  fileprivate var content: Any? { map { $0 as Any } }
}

func printError(_ text: String) {
  var text = text
  text.withUTF8 { bytes in
    if let start = bytes.baseAddress { walkthrough_write_error(start, bytes.count) }
  }
}
