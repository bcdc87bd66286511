internal import Foundation
internal import Lessons

/// Where the data files are that a lesson declares.
///
/// A variable such as `WALKTHROUGH_FASHION_MNIST` names another folder for a data set: a declared file is then the file
/// of the same name in that folder, if there is one.
struct DataFiles: Sendable {
  private static let prefix = "WALKTHROUGH_"

  /// Where relative paths start.
  let workingDirectory: String
  private let folders: [String]

  init(workingDirectory: String, environment: [String: String]) {
    self.workingDirectory = workingDirectory
    folders = environment.filter { $0.key.hasPrefix(Self.prefix) && $0.value.contains("/") }
      .sorted { $0.key < $1.key }.map(\.value)
  }

  /// The file that stands for a declared path.
  func location(of declared: String) -> String {
    let name = URL(fileURLWithPath: declared).lastPathComponent
    let candidates = folders.map { absolute($0) + "/" + name }
    return candidates.first { FileManager.default.fileExists(atPath: $0) } ?? absolute(declared)
  }

  /// The declared files that are not there.
  func missing(from lesson: Lesson) -> [Diagnostic] {
    lesson.frontMatter.data.enumerated().compactMap { index, path in
      guard !FileManager.default.isReadableFile(atPath: location(of: path)) else { return nil }
      let ranges = lesson.frontMatter.dataRanges
      return Diagnostic(
        stage: .run, identifier: "missing-data", summary: "the data file \(path) cannot be read",
        location: ranges.indices.contains(index) ? lesson.source.location(ranges[index]) : nil,
        remedy: "Install what provides it, correct the path, or set the data set's environment variable to its folder.")
    }
  }

  private func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(workingDirectory)/\(path)" }
}
