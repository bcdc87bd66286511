internal import Foundation
internal import Lessons
internal import SnippetRunner
internal import Testing

/// Lessons of the fixtures folder, and what is needed to run them.
enum FixtureLessons {
  static func load(_ name: String) throws -> Lesson {
    try parse(try Golden.fixture("\(name).md"), path: "lessons/\(name.split(separator: "/").last ?? "").md")
  }

  static func parse(_ text: String, path: String = "lessons/fixture.md") throws -> Lesson {
    let source = SourceFile(path: path, text: text)
    let result = LessonParser.parse(source, among: LessonIndex(lessons: [source]))
    #expect(result.diagnostics.isEmpty, "\(DiagnosticRenderer().render(result.diagnostics))")
    return try #require(result.lesson)
  }

  /// A lesson whose cells are given as code.
  static func lesson(cells: [String], prose: String = "Prose.") throws -> Lesson {
    let blocks = cells.map { "```swift\n\($0)\n```\n" }.joined(separator: "\n\(prose)\n\n")
    return try parse("---\ntitle: Fixture\nsummary: A fixture.\norder: 1\n---\n\n# Fixture\n\n\(prose)\n\n\(blocks)")
  }

  /// The test bundle lies beside the built LessonKit.
  static func toolchain() async throws -> Toolchain { try await Toolchain.find() }

  /// A runner with a folder of its own below the system's temporary folder, without a cache.
  static func runner(_ change: (inout RunnerConfiguration) -> Void = { _ in }) async throws -> LessonRunner {
    var configuration = RunnerConfiguration()
    configuration.cacheFolder = nil
    configuration.buildFolder = FileManager.default.temporaryDirectory.appending(path: "walkthrough-tests").path
    configuration.memoryBytes = 512 << 20
    change(&configuration)
    return LessonRunner(toolchain: try await toolchain(), configuration: configuration)
  }

  static func temporaryFolder() throws -> URL {
    let url = FileManager.default.temporaryDirectory.appending(path: "walkthrough-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }
}
