internal import Foundation
import Testing

extension BrowserTests {
  /// Pictures of every page for people to look at: a run of its own, `make screenshots`.
  @Suite(.serialized, .enabled(if: Setting.screenshots != nil, "taken by `make screenshots`")) struct ScreenshotTests {
    @Test(arguments: Setting.site.representativePages)
    func takesPictures(of page: String) throws {
      let folder = try #require(Setting.screenshots)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let browser = try Browser(executable: Setting.browser)
      let name = page.dropLast(".html".count).replacing("/", with: "-")
      for condition in Condition.of(page) where condition.script {
        try browser.withTab { tab in
          try tab.open(Setting.site.address(of: page), under: condition)
          try Self.write(
            try tab.call("Page.captureScreenshot", ["captureBeyondViewport": true, "clip": Self.whole(tab)]),
            to: folder.appending(path: "\(name)-\(condition.viewport.width)-\(condition.theme.rawValue).png"))
        }
      }
      try browser.withTab { tab in
        try tab.open(
          Setting.site.address(of: page), under: Condition(viewport: .desktop, theme: .light, script: true))
        try Self.write(
          try tab.call(
            "Page.printToPDF", ["preferCSSPageSize": true, "paperWidth": .number(8.27), "paperHeight": .number(11.69)]),
          to: folder.appending(path: "\(name)-print.pdf"))
      }
    }

    /// The whole page, as far as a picture can be tall.
    private static func whole(_ tab: Tab) throws -> JSON {
      let size = try tab.call("Page.getLayoutMetrics")["cssContentSize"]
      let height = min(size["height"].number ?? 0, 16_000)
      return ["x": 0, "y": 0, "width": size["width"], "height": .number(height), "scale": 1]
    }

    private static func write(_ answer: JSON, to file: URL) throws {
      try #require(answer["data"].string.flatMap { Data(base64Encoded: $0) }).write(to: file)
    }
  }
}
