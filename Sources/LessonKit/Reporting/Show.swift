public import SnippetProtocol

/// Shows a value, such as a figure, at this point of the cell's output. A lesson started by hand prints it as text.
public func show<Value: Showable>(_ value: Value) {
  guard Channel.isOpen else { return print(value) }
  var writer = WireWriter()
  writer.write(value)
  Channel.send(.shown(kind: Value.wireKind, payload: writer.bytes))
}
