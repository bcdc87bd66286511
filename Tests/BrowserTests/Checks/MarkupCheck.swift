internal import Foundation

/// Has the Nu HTML checker read the pages of a folder.
enum MarkupCheck {
  private struct Report: Decodable {
    struct Message: Decodable {
      var type: String
      var subType: String?
      var url: String?
      var lastLine: Int?
      var lastColumn: Int?
      var message: String?
      var extract: String?
    }
    var messages: [Message]
  }

  /// The violations of each page; errors and warnings both count.
  static func violations(in site: SiteFolder, java: String, validator: URL) throws -> [String: [Violation]] {
    let output = FileManager.default.temporaryDirectory.appending(path: "walkthrough-markup-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: output) }
    try Data().write(to: output)
    let process = Process()
    process.executableURL = URL(filePath: java)
    process.arguments =
      ["-jar", validator.path, "--format", "json", "--stdout", "--exit-zero-always"]
      + site.pages.map { site.address(of: $0).path }
    let file = try FileHandle(forWritingTo: output)
    process.standardOutput = file
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try file.close()
    let report = try JSONDecoder().decode(Report.self, from: Data(contentsOf: output))
    var found: [String: [Violation]] = [:]
    for message in report.messages where message.type != "info" || message.subType == "warning" {
      let page = message.url.flatMap { site.path(of: $0) } ?? "?"
      let place = "\(page):\(message.lastLine ?? 0):\(message.lastColumn ?? 0)"
      let extract = message.extract.map { " near `\($0.replacing("\n", with: " "))`" } ?? ""
      found[page, default: []].append(
        Violation(rule: .markup, element: place, detail: (message.message ?? message.type) + extract))
    }
    return found
  }
}
