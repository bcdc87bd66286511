internal import Dispatch
internal import Foundation

/// Turns the first SIGINT, SIGTERM or SIGHUP into the cancellation of a task, so that lessons are ended, temporary files
/// are removed and the old site stays; a second one ends the process at once.
final class Interruption {
  private let sources: [any DispatchSourceSignal]

  init(cancelling task: Task<ExitCode, Never>) {
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      // Dispatch only sees a signal that has no other effect. Child processes get the default back.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if task.isCancelled { _exit(ExitCode.interrupted.rawValue) }
        task.cancel()
      }
      source.resume()
      return source
    }
  }

  func stop() {
    for source in sources { source.cancel() }
  }
}
