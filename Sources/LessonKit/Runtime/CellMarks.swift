internal import CLessonRuntime
internal import SnippetProtocol

// What the tangled program calls around a lesson's cells. The names start with two underscores so that no lesson's
// name meets them.

/// The first call of every tangled program.
// swift-format-ignore: AlwaysUseLowerCamelCase
public func __walkthroughStart() {
  Channel.send(.hello(version: Record.currentVersion))
}

// swift-format-ignore: AlwaysUseLowerCamelCase
public func __walkthroughBeginCell(_ index: Int) {
  Channel.send(.cellBegan(index: index))
}

// swift-format-ignore: AlwaysUseLowerCamelCase
public func __walkthroughEndCell(_ index: Int) {
  Channel.send(.cellEnded(index: index))
}

/// Evaluates an inline expression and reports its text.
// swift-format-ignore: AlwaysUseLowerCamelCase
public func __walkthroughInlineValue<Value>(_ index: Int, _ value: () throws -> Value) throws {
  let text = readerText(try value())
  Channel.send(.inlineValue(index: index, text: text))
}

/// The last call of every tangled program.
// swift-format-ignore: AlwaysUseLowerCamelCase
public func __walkthroughFinish() {
  Channel.send(.finished)
  walkthrough_finished()
}
