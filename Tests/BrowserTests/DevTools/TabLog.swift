/// What a page said and asked for while it was open.
struct TabLog {
  /// Errors on the console, uncaught exceptions, and the browser's own complaints.
  private(set) var errors: [String] = []
  /// Every address that was asked for, in order.
  private(set) var requests: [String] = []
  /// The addresses that could not be had, with the reason.
  private(set) var failures: [(url: String, reason: String)] = []
  private var addresses: [String: String] = [:]

  mutating func add(_ event: DevToolsConnection.Event) {
    let parameters = event.parameters
    switch event.method {
    case "Runtime.exceptionThrown":
      let details = parameters["exceptionDetails"]
      errors.append(details["exception"]["description"].string ?? details["text"].string ?? "an exception")
    case "Runtime.consoleAPICalled" where ["error", "assert"].contains(parameters["type"].string):
      let words = parameters["args"].array.map { $0["value"].string ?? $0["description"].string ?? "…" }
      errors.append(words.joined(separator: " "))
    case "Log.entryAdded" where parameters["entry"]["level"].string == "error":
      let entry = parameters["entry"]
      // A failed request is reported as such.
      guard entry["source"].string != "network" else { return }
      errors.append([entry["text"].string, entry["url"].string].compactMap { $0 }.joined(separator: " "))
    case "Network.requestWillBeSent":
      guard let url = parameters["request"]["url"].string else { return }
      requests.append(url)
      if let id = parameters["requestId"].string { addresses[id] = url }
    case "Network.responseReceived":
      guard let status = parameters["response"]["status"].number, status >= 400 else { return }
      failures.append((parameters["response"]["url"].string ?? "?", "status \(Int(status))"))
    case "Network.loadingFailed":
      let id = parameters["requestId"].string ?? ""
      failures.append((addresses[id] ?? "?", parameters["errorText"].string ?? "failed"))
    default: break
    }
  }
}
