internal import SnippetRunner

extension LessonRunner {
  /// Runs a lesson and hands every event, in order, to an asynchronous watcher; returns when the watcher has had the
  /// last one.
  func run(
    _ prepared: PreparedLesson, selection: RunSelection = .all,
    watchedBy watcher: @escaping @Sendable (RunEvent) async -> Void
  ) async throws(LessonFailure) -> RunOutcome {
    // Events come from the lesson's own thread; the stream hands them on.
    let (events, continuation) = AsyncStream.makeStream(of: RunEvent.self, bufferingPolicy: .unbounded)
    let watching = Task { for await event in events { await watcher(event) } }
    let result: Result<RunOutcome, LessonFailure>
    do throws(LessonFailure) {
      result = .success(try await run(prepared, selection: selection) { continuation.yield($0) })
    } catch {
      result = .failure(error)
    }
    continuation.finish()
    await watching.value
    return try result.get()
  }
}
