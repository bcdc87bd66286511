internal import Foundation

/// One tab: it opens a page as a reader would meet it, and lets checks look at it.
final class Tab {
  private let connection: DevToolsConnection
  private let session: String
  /// What the page and the browser reported since the page was opened.
  private(set) var log = TabLog()

  init(connection: DevToolsConnection, session: String) throws {
    self.connection = connection
    self.session = session
    for domain in ["Page", "Runtime", "Network", "Log"] { try call("\(domain).enable") }
    try call("Emulation.setFocusEmulationEnabled", ["enabled": true])
  }

  @discardableResult
  func call(_ method: String, _ parameters: [String: JSON] = [:]) throws -> JSON {
    try connection.call(method, parameters, session: session)
  }

  /// Opens `page` under `condition` and returns when it is loaded and its fonts are there.
  func open(_ page: URL, under condition: Condition) throws {
    try emulate(condition)
    // Away from a page that differs by no more than a fragment, so that this one is loaded anew.
    try navigate(to: "about:blank")
    log = TabLog()
    try navigate(to: page.absoluteString)
    let deadline = ContinuousClock.now + .seconds(20)
    while try evaluate("document.fonts.status", as: String.self) != "loaded" {
      guard ContinuousClock.now < deadline else { throw DevToolsError.timedOut(waitingFor: "the fonts of \(page)") }
    }
  }

  /// The value of an expression in the page, by way of JSON.
  func evaluate<Value: Decodable>(_ expression: String, as type: Value.Type) throws -> Value {
    let answer = try call(
      "Runtime.evaluate",
      ["expression": .string("JSON.stringify(\(expression))"), "returnByValue": true, "awaitPromise": false])
    return try value(of: answer, as: type)
  }

  /// The value that a promise in the page comes to, by way of JSON.
  func evaluate<Value: Decodable>(promise expression: String, as type: Value.Type) throws -> Value {
    let answer = try call(
      "Runtime.evaluate",
      [
        "expression": .string("(\(expression)).then((value) => JSON.stringify(value))"), "returnByValue": true,
        "awaitPromise": true,
      ])
    return try value(of: answer, as: type)
  }

  func run(_ script: String) throws {
    let answer = try call("Runtime.evaluate", ["expression": .string(script)])
    if case .object = answer["exceptionDetails"] { throw Self.thrown(answer) }
  }

  /// Reads what has been reported meanwhile into `log`.
  func readLog() throws -> TabLog {
    // A call of no effect: all that was reported before its answer has then been read.
    try call("Runtime.evaluate", ["expression": "0"])
    takeEvents()
    return log
  }

  private func emulate(_ condition: Condition) throws {
    let viewport = condition.viewport
    try call(
      "Emulation.setDeviceMetricsOverride",
      [
        "width": .number(Double(viewport.width)), "height": .number(Double(viewport.height)), "deviceScaleFactor": 1,
        "mobile": .bool(viewport.isPhone),
      ])
    try call("Emulation.setTouchEmulationEnabled", ["enabled": .bool(viewport.isPhone)])
    try setMedia(condition.theme)
    try call("Emulation.setScriptExecutionDisabled", ["value": .bool(!condition.script)])
  }

  /// Shows the page as on screen or as on paper. Motion is reduced unless a test is about it, so that no check waits for
  /// it.
  func setMedia(_ theme: Condition.Theme, print: Bool = false, reducesMotion: Bool = true) throws {
    try call(
      "Emulation.setEmulatedMedia",
      [
        "media": .string(print ? "print" : "screen"),
        "features": [
          ["name": "prefers-color-scheme", "value": .string(theme.rawValue)],
          ["name": "prefers-reduced-motion", "value": .string(reducesMotion ? "reduce" : "no-preference")],
        ],
      ])
  }

  private func navigate(to url: String) throws {
    takeEvents()
    let answer = try call("Page.navigate", ["url": .string(url)])
    if let reason = answer["errorText"].string { throw DevToolsError.notLoaded(url: url, reason: reason) }
    try connection.wait(for: "Page.loadEventFired", session: session)
    takeEvents()
  }

  private func takeEvents() {
    for event in connection.takeEvents(session: session) { log.add(event) }
  }

  private func value<Value: Decodable>(of answer: JSON, as type: Value.Type) throws -> Value {
    guard case .null = answer["exceptionDetails"], let text = answer["result"]["value"].string else {
      throw Self.thrown(answer)
    }
    return try JSONDecoder().decode(type, from: Data(text.utf8))
  }

  private static func thrown(_ answer: JSON) -> DevToolsError {
    let details = answer["exceptionDetails"]
    return .threw(details["exception"]["description"].string ?? details["text"].string ?? "\(answer)")
  }
}
