/// What can go wrong between the tests and Chromium.
enum DevToolsError: Error, Equatable, CustomStringConvertible {
  case notStarted(reason: String)
  /// Chromium closed its end; `log` is the end of its standard error.
  case ended(log: String)
  case timedOut(waitingFor: String)
  /// Chromium answered a command with an error.
  case refused(method: String, reason: String)
  /// A script that a check runs in the page threw.
  case threw(String)
  case notLoaded(url: String, reason: String)

  var description: String {
    switch self {
    case .notStarted(let reason): "Chromium did not start: \(reason)"
    case .ended(let log): "Chromium ended. The end of its log:\n\(log)"
    case .timedOut(let what): "no answer in time: \(what)"
    case .refused(let method, let reason): "\(method) was refused: \(reason)"
    case .threw(let text): "a check's script threw: \(text)"
    case .notLoaded(let url, let reason): "\(url) did not load: \(reason)"
    }
  }
}
