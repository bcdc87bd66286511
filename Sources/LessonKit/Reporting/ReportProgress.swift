internal import CLessonRuntime
internal import SnippetProtocol
internal import Synchronization

/// Tells a person who waits how far a long piece of work has come. The terminal shows it in place; a page never has it,
/// and a lesson started by hand says nothing.
///
///     for step in 1...steps {
///       train(step)
///       reportProgress("training", step, of: steps)
///     }
///
/// Call it as often as you like: at most ten reports a second are passed on, and the last one always.
public func reportProgress(_ label: String, _ completed: Int, of total: Int) {
  guard Channel.isOpen else { return }
  let now = walkthrough_seconds()
  let isDue = lastReport.withLock { last in
    guard completed >= total || now - last >= 0.1 else { return false }
    last = now
    return true
  }
  if isDue { Channel.send(.progress(Progress(label: label, completed: completed, total: total))) }
}

private let lastReport = Mutex(-1.0)
