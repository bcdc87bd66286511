internal import CLessonRuntime
internal import SnippetProtocol
internal import TensorCore

// What the tangled program calls around a lesson's cells. The names start with two underscores so that no lesson's
// name meets them.

/// The first call of every tangled program.
// swift-format-ignore: AlwaysUseLowerCamelCase
public func __walkthroughStart() {
  Channel.send(.hello(version: Record.currentVersion))
}

// swift-format-ignore: AlwaysUseLowerCamelCase
public func __walkthroughBeginCell(_ index: Int) {
  MemoStore.enter(cell: index)
  Channel.send(.cellBegan(index: index))
}

// swift-format-ignore: AlwaysUseLowerCamelCase
public func __walkthroughEndCell(_ index: Int) {
  MemoStore.enter(cell: nil)
  Channel.send(.cellEnded(index: index))
}

/// Evaluates an inline expression and reports its text.
// swift-format-ignore: AlwaysUseLowerCamelCase
public func __walkthroughInlineValue<Value>(_ index: Int, _ value: () throws -> Value) throws {
  let text = readerText(try value())
  Channel.send(.inlineValue(index: index, text: text))
}

/// Whether to run a part of an exercise. It runs in a copy of the process: whatever it changes is changed in the copy
/// alone, and the lesson goes on from where it was.
// swift-format-ignore: AlwaysUseLowerCamelCase
public func __walkthroughBeginScope(_ index: Int) -> Bool {
  guard ChosenScopes.contains(index), walkthrough_begin_copy() else { return false }
  ThreadPool.startAnew()
  return true
}

// swift-format-ignore: AlwaysUseLowerCamelCase
public func __walkthroughEndScope() {
  walkthrough_end_copy()
}

/// The last call of every tangled program.
// swift-format-ignore: AlwaysUseLowerCamelCase
public func __walkthroughFinish() {
  Channel.send(.finished)
  walkthrough_finished()
}
