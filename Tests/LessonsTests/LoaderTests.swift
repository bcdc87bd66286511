internal import Foundation
internal import Lessons
internal import Testing

@Suite("Loading lessons")
struct LoaderTests {
  /// A folder of its own, removed when the test is done.
  private func withFolder<Result>(_ files: [String: [UInt8]], _ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lessons-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, bytes) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    return try body(folder.path)
  }

  private func lesson(order: Int, body: String = "") -> [UInt8] {
    Array("---\ntitle: T\nsummary: S\norder: \(order)\n---\n# T\n\n\(body)\n".utf8)
  }

  @Test("Lessons come in the order that they give themselves, not in that of their names")
  func order() throws {
    let files = [
      "01-a.md": lesson(order: 3), "02-b.md": lesson(order: 1), "10-c.md": Array("# No front matter\n".utf8),
      "README.md": [], "data/x.csv": [1], ".hidden": [1],
    ]
    try withFolder(files) { folder in
      let library = LessonLoader(folder: folder, displayedFolder: "lessons").load()
      #expect(library.lessons.map(\.path) == ["lessons/02-b.md", "lessons/01-a.md", "lessons/10-c.md"])
      #expect(library.diagnostics.isEmpty)
      #expect(library.index.files.contains("data/x.csv"))
      #expect(!library.index.files.contains(".hidden"))
      #expect(library.parse().map { $0.lesson != nil } == [true, true, false])
    }
  }

  @Test("Two lessons of one order are told of, with both places")
  func duplicateOrder() throws {
    let files = ["01-a.md": lesson(order: 7), "02-b.md": lesson(order: 7), "03-c.md": lesson(order: 8)]
    try withFolder(files) { folder in
      let library = LessonLoader(folder: folder, displayedFolder: "lessons").load()
      try Golden.expect(DiagnosticRenderer().render(library.diagnostics), matches: "Load/duplicate-order.txt")
    }
  }

  @Test("Links between lessons are checked across files and lead to pages")
  func links() throws {
    let files = [
      "01-a.md": lesson(
        order: 1, body: "[b](02-b.md#part-two) [c](02-b.md#part-three) ![i](images/i.svg) ![j](images/j.svg)"),
      "02-b.md": lesson(order: 2, body: "## Part two\n\n[a](01-a.md)"), "images/i.svg": [1],
    ]
    try withFolder(files) { folder in
      let results = LessonLoader(folder: folder, displayedFolder: "lessons").load().parse()
      try Golden.expect(
        DiagnosticRenderer().render(results.flatMap(\.diagnostics)), matches: "Load/links.txt")
      let second = try #require(results[1].lesson)
      #expect(LessonDump.of(second).contains("link \"01-a.html\""))
    }
  }

  @Test(
    "What cannot be a lesson is told of by file",
    arguments: [
      ("empty", []), ("spaces", Array(" \r\n\n".utf8)), ("mark", [0xEF, 0xBB, 0xBF]),
      ("latin-1", Array("---\ntitle: Gr".utf8) + [0xF6] + Array("e\n".utf8)),
      ("cut", Array("a\né ".utf8) + [0xE6, 0xBC]), ("utf-16", [0xFF, 0xFE, 0x2D, 0x00]),
      ("zero", Array("a\nb".utf8) + [0, 0x63]),
    ] as [(String, [UInt8])])
  func unreadable(name: String, bytes: [UInt8]) throws {
    try withFolder(["01-\(name).md": bytes]) { folder in
      let library = LessonLoader(folder: folder, displayedFolder: "lessons").load()
      #expect(library.lessons.isEmpty)
      #expect(library.diagnostics.allSatisfy { $0.stage == .writing })
      try Golden.expect(DiagnosticRenderer().render(library.diagnostics), matches: "Load/\(name).txt")
    }
  }

  @Test("A byte order mark and Windows line ends are no part of the text")
  func marked() throws {
    let text = String(decoding: lesson(order: 1), as: UTF8.self).split(separator: "\n").joined(separator: "\r\n")
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    try withFolder(["01-a.md": bytes]) { folder in
      let library = LessonLoader(folder: folder, displayedFolder: "lessons").load()
      #expect(library.lessons.first?.lines.first == "---")
      #expect(library.parse().first?.lesson?.frontMatter.title == "T")
    }
  }

  @Test("Missing folders, missing files, other names and large files are told of")
  func others() throws {
    try withFolder(["1-a.md": [65], "notes.md": [65], "02-B.md": [65]]) { folder in
      let library = LessonLoader(folder: folder, displayedFolder: "lessons").load()
      #expect(library.diagnostics.map(\.identifier) == ["misnamed-lesson", "misnamed-lesson", "misnamed-lesson"])
      #expect(library.diagnostics.allSatisfy { $0.severity == .warning })
      let missing = LessonLoader(folder: folder + "/none", displayedFolder: "none").load()
      #expect(missing.diagnostics.map(\.identifier) == ["missing-folder"])
      let file = LessonLoader(folder: folder, displayedFolder: "lessons").read("09-none.md")
      #expect(throws: Diagnostic.self) { try file.get() }
    }
    try withFolder([:]) { folder in
      #expect(LessonLoader(folder: folder).load().diagnostics.map(\.identifier) == ["no-lessons"])
    }
    try withFolder(["01-a.md": Array(repeating: 65, count: LessonLoader.largestFile + 1)]) { folder in
      #expect(LessonLoader(folder: folder).load().diagnostics.map(\.identifier) == ["too-large"])
    }
  }
}
