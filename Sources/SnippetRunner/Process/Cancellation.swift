internal import CChildProcess
internal import Foundation
internal import Glibc
internal import Synchronization

/// A descriptor that becomes readable when work shall stop.
final class Cancellation: Sendable {
  private let readingEnd: Int32
  private let writingEnd: Int32
  private let wasRequested = Atomic(false)

  init() throws(SystemError) {
    var numbers: [Int32] = [-1, -1]
    let code = walkthrough_pipe(&numbers)
    guard code == 0 else { throw SystemError("pipe", code: code) }
    (readingEnd, writingEnd) = (numbers[0], numbers[1])
  }

  deinit {
    close(readingEnd)
    close(writingEnd)
  }

  var isRequested: Bool { wasRequested.load(ordering: .acquiring) }
  var descriptor: Int32 { readingEnd }

  func request() {
    wasRequested.store(true, ordering: .releasing)
    var byte: UInt8 = 1
    write(writingEnd, &byte, 1)
  }
}

/// Runs blocking work on a thread of its own, so that it holds none of the threads that `async` code shares; the
/// cancellation of the task becomes that of the work.
func onOwnThread<Value: Sendable>(
  _ body: @escaping @Sendable (Cancellation) throws(SystemError) -> Value
) async throws(SystemError) -> Value {
  let cancellation = try Cancellation()
  let result: Result<Value, SystemError> = await withTaskCancellationHandler {
    await withCheckedContinuation { continuation in
      let thread = Thread {
        let result: Result<Value, SystemError>
        do throws(SystemError) { result = .success(try body(cancellation)) } catch { result = .failure(error) }
        continuation.resume(returning: result)
      }
      thread.start()
    }
  } onCancel: {
    cancellation.request()
  }
  return try result.get()
}
