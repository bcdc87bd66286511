public import Figures
public import SnippetProtocol

/// Puts a figure on the page, at this point of the cell's output.
///
/// A lesson started by hand cannot draw, and says so in a line.
public func show<Source: FigureConvertible>(_ source: Source) {
  MemoStore.refuse("a figure")
  guard Channel.isOpen else { return print("[a figure: `walkthrough run` draws it]") }
  send(source.figure, as: Figure.wireKind)
}

/// Shows a value of another format, at this point of the cell's output. A lesson started by hand prints it as text.
public func show<Value: Showable>(_ value: Value) {
  MemoStore.refuse("a shown value")
  guard Channel.isOpen else { return print(value) }
  send(value, as: Value.wireKind)
}

private func send<Value: WireCodable>(_ value: Value, as kind: String) {
  var writer = WireWriter()
  writer.write(value)
  Channel.send(.shown(kind: kind, payload: writer.bytes))
}
