/// One running Chromium.
final class Browser {
  let process: ChromiumProcess
  private let connection: DevToolsConnection

  init(executable: String) throws {
    process = try ChromiumProcess(executable: executable)
    connection = DevToolsConnection(process)
    try connection.call("Browser.getVersion")
  }

  /// Opens a tab with storage of its own, hands it to `body` and closes it.
  func withTab<Result>(_ body: (Tab) throws -> Result) throws -> Result {
    let context = try connection.call("Target.createBrowserContext")["browserContextId"]
    let target = try connection.call("Target.createTarget", ["url": "about:blank", "browserContextId": context])
    let attached = try connection.call(
      "Target.attachToTarget", ["targetId": target["targetId"], "flatten": true])
    guard let session = attached["sessionId"].string else {
      throw DevToolsError.refused(method: "Target.attachToTarget", reason: "no session")
    }
    let tab = try Tab(connection: connection, session: session)
    let result = try body(tab)
    try connection.call("Target.disposeBrowserContext", ["browserContextId": context])
    _ = connection.takeEvents(session: session)
    return result
  }
}
