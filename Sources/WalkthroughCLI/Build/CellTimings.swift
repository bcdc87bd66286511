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
    let times = lesson.cells.compactMap { cell in seconds[cell.index].map { "\(cell.name)\t\(Self.rounded($0))\n" } }
    let file = Self.file(lesson.slug, in: cacheFolder)
    try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? Data(times.joined().utf8).write(to: file, options: .atomic)
  }

  /// The file of the lesson's last run, without the cells that the site leaves out; nil where none was kept.
  static func siteFile(of lesson: Lesson, in cacheFolder: String, withSolutions: Bool) -> SiteFile? {
    guard let text = try? String(contentsOf: file(lesson.slug, in: cacheFolder), encoding: .utf8) else { return nil }
    let shown = Set(lesson.cells.filter { withSolutions || $0.scope?.part != .solution }.map(\.name))
    let times = text.split(separator: "\n").compactMap { line -> String? in
      let fields = line.split(separator: "\t")
      guard fields.count == 2, shown.contains(String(fields[0])), Double(fields[1]) != nil else { return nil }
      return "\"\(fields[0])\":\(fields[1])"
    }
    return SiteFile(
      path: "timings/\(lesson.slug).js", content: Array("walkthroughTimings({\(times.joined(separator: ","))});\n".utf8)
    )
  }

  private static func file(_ slug: String, in cacheFolder: String) -> URL {
    URL(filePath: cacheFolder).appending(path: "timings/\(slug).tsv")
  }

  /// To milliseconds.
  private static func rounded(_ seconds: Double) -> Double { (seconds * 1_000).rounded() / 1_000 }
}
