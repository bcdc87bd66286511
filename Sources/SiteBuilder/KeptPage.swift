package import Foundation
package import Lessons

/// The page of a lesson that this build does not render, as an earlier build wrote it.
package struct KeptPage: Sendable {
  package let lesson: Lesson
  /// The page, its figures and their data.
  let files: [SiteFile]
  /// Files that lie beside the lessons and that the page shows or links to.
  let attachments: [SiteFile]
  let html: String

  /// Nil when the site has no page of the lesson.
  package init?(of lesson: Lesson, in site: URL) {
    guard let html = try? Data(contentsOf: site.appending(path: "\(lesson.slug).html")) else { return nil }
    self.lesson = lesson
    self.html = String(decoding: html, as: UTF8.self)
    var files = [SiteFile(path: "\(lesson.slug).html", content: Array(html))]
    for folder in LessonFolders.all(of: lesson.slug) {
      let root = site.appending(path: folder)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
      for name in names.sorted() {
        guard let content = try? Data(contentsOf: root.appending(path: name)) else { continue }
        files.append(SiteFile(path: "\(folder)/\(name)", content: Array(content)))
      }
    }
    self.files = files
    let own = Set(files.map(\.path))
    attachments = Self.targets(in: self.html).subtracting(own).sorted().compactMap { path in
      guard !path.hasSuffix(".html"), !path.hasPrefix("assets/"), path != Announcements.feedPath, !path.contains(".."),
        let content = try? Data(contentsOf: site.appending(path: path))
      else { return nil }
      return SiteFile(path: path, content: Array(content))
    }
  }

  /// What the page's links and images name, without anchors.
  private static func targets(in html: String) -> Set<String> {
    var targets: Set<String> = []
    for attribute in ["src=\"", "href=\""] {
      for piece in html.components(separatedBy: attribute).dropFirst() {
        let target = piece.prefix { $0 != "\"" && $0 != "#" && $0 != "?" }
        if !target.isEmpty, !target.contains(":") { targets.insert(target.removingPercentEncoding ?? String(target)) }
      }
    }
    return targets
  }

  /// Whether a solution of an exercise stands on it.
  package var hasSolutions: Bool { html.contains("<details class=\"part solution\"") }

  var usesMath: Bool { html.contains("assets/katex.css") }
}

/// Where a site keeps what belongs to one lesson's page.
enum LessonFolders {
  static func data(_ slug: String) -> String { "data/\(slug)" }
  static func figures(_ slug: String) -> String { "figures/\(slug)" }
  static func all(of slug: String) -> [String] { [data(slug), figures(slug)] }
}
