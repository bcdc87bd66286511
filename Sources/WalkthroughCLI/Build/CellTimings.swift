internal import Foundation
internal import Lessons
internal import SiteBuilder
internal import SnippetRunner

/// How long a lesson's cells took, for a file beside its page. The page asks for it when a reader does; so what differs
/// from run to run stays out of the page's own bytes, which do not.
actor CellTimings {
  private var seconds: [Int: Double] = [:]

  func note(_ event: RunEvent) {
    if case .cellEnded(let index, let seconds) = event { self.seconds[index] = seconds }
  }

  /// Keeps what was measured for builds that do not run the lesson again. A cache that cannot be written leaves the
  /// reader without times, nothing else.
  func keep(for lesson: Lesson, in cacheFolder: String) {
    let times = lesson.cells.compactMap { cell in
      seconds[cell.index].map { "\"\(cell.name)\":\(Self.rounded($0))" }
    }
    let file = Self.file(lesson.slug, in: cacheFolder)
    try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? Data("walkthroughTimings({\(times.joined(separator: ","))});\n".utf8).write(to: file, options: .atomic)
  }

  /// The file of the lesson's last run; nil where none was kept.
  static func siteFile(of lesson: Lesson, in cacheFolder: String) -> SiteFile? {
    (try? Data(contentsOf: file(lesson.slug, in: cacheFolder))).map {
      SiteFile(path: "timings/\(lesson.slug).js", content: Array($0))
    }
  }

  private static func file(_ slug: String, in cacheFolder: String) -> URL {
    URL(filePath: cacheFolder).appending(path: "timings/\(slug).js")
  }

  /// To milliseconds.
  private static func rounded(_ seconds: Double) -> Double { (seconds * 1_000).rounded() / 1_000 }
}
