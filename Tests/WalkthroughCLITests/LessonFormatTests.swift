internal import Foundation
import Testing

/// `scripts/format-lessons`, which `make lint` and `make format` call.
@Suite struct LessonFormatTests {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "scripts/format-lessons").path

  private static let lesson = """
    # A lesson

    ```swift
    //| label: first
    let sum = 1+2

    ```

    ````markdown
    ```swift
    let untouched = 1+2
    ```
    ````

    - In a list:

      ```swift
      func double(_ x: Int) -> Int {
          x+x
      }
      ```

    ```swift
    //| error: cannot
    let wrong = 1+"2"
    ```

    ```text
    let text = 1+2
    ```

    ```swift
    let done = true
    ```

    """

  private static func run(_ words: [String]) throws -> (code: Int32, errors: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["bash", script] + words
    let pipe = Pipe()
    process.standardError = pipe
    try process.run()
    let errors = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, errors)
  }

  @Test func cellsAreHeldAtTheLessonsLinesAndFormatted() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "walkthrough-format-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "01-lesson.md")
    try Data(Self.lesson.utf8).write(to: file)

    let before = try Self.run(["--lint", file.path])
    #expect(before.code == 1)
    #expect(before.errors.contains("\(file.path):5:12: error: [Spacing]"), "\(before.errors)")
    #expect(before.errors.contains("\(file.path):19:"))
    for line in [11, 26, 30, 34] { #expect(!before.errors.contains("\(file.path):\(line):"), "line \(line)") }

    let formatting = try Self.run([file.path])
    #expect(formatting.code == 0, "\(formatting.errors)")
    let expected = Self.lesson.replacing("let sum = 1+2\n\n", with: "let sum = 1 + 2\n")
      .replacing("      x+x", with: "    x + x")
    #expect(try String(contentsOf: file, encoding: .utf8) == expected)
    let after = try Self.run(["--lint", file.path])
    #expect(after.code == 0, "\(after.errors)")
  }
}
