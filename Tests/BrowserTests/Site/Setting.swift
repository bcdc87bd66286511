internal import Foundation

/// Where the suite finds what it works with.
enum Setting {
  static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  static let root = tests.deletingLastPathComponent().deletingLastPathComponent()

  /// Chromium's executable. The tests run only where it is given.
  static let browser = ProcessInfo.processInfo.environment["WALKTHROUGH_BROWSER"] ?? ""
  static let needsBrowser = "needs Chromium: run `make test-browser`"

  /// The site under test: `WALKTHROUGH_SITE`, or the committed one.
  static let site = SiteFolder(
    ProcessInfo.processInfo.environment["WALKTHROUGH_SITE"].map { URL(filePath: $0, relativeTo: root).absoluteURL }
      ?? root.appending(path: "site"))

  /// Where pictures of the pages are to go, in a run that takes them.
  static let screenshots = ProcessInfo.processInfo.environment["WALKTHROUGH_SCREENSHOTS"].map { URL(filePath: $0) }

  /// Whether few looks are enough, as for a change that is no page's.
  static let isQuick = ProcessInfo.processInfo.environment["WALKTHROUGH_QUICK"] != nil

  /// What `scripts/setup-browser` installs.
  private static let checkers = root.appending(path: ".build/browser-checkers")
  static let axe = checkers.appending(path: "axe.min.js")
  static let validator = checkers.appending(path: "vnu.jar")
  static var hasAxe: Bool { FileManager.default.fileExists(atPath: axe.path) }
  static var hasValidator: Bool { FileManager.default.fileExists(atPath: validator.path) && java != nil }

  static let java: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { "\($0)/java" }.first { FileManager.default.isExecutableFile(atPath: $0) }
}
