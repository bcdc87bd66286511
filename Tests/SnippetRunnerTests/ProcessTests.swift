internal import Foundation
internal import Glibc
internal import Lessons
internal import SnippetProtocol
internal import SnippetRunner
internal import Synchronization
internal import Testing

/// What a lesson's process may not do to the machine, to the order of its output, or to its parent.
@Suite(.serialized)
struct ProcessTests {
  /// Starts a grandchild that sleeps, in the lesson's own group, and says who the lesson is.
  private static let startsGrandchild = """
    import Glibc
    var child: pid_t = 0
    let words: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/sleep"), strdup("1000"), nil]
    posix_spawn(&child, "/bin/sleep", nil, nil, words, environ)
    print("group", getpid(), "child", child)
    """
  private static let endless = "var n = 0\nwhile n >= 0 { n = (n + 1) % 7 }"

  @Test(arguments: ["timeout", "output", "trap", "exit", "throw", "end", "cancel"])
  func noProcessOutlivesARun(reason: String) async throws {
    let last =
      switch reason {
      case "timeout", "cancel": Self.endless
      case "output": "while true { print(\"more\") }"
      case "trap": "print([1][words.count])"
      case "exit": "exit(0)"
      case "throw": "struct Stop: Error {}\nthrow Stop()"
      default: "print(\"end\")"
      }
    let lesson = try FixtureLessons.lesson(cells: [Self.startsGrandchild, last])
    let runner = try await FixtureLessons.runner {
      $0.secondsPerCell = reason == "timeout" ? 1 : 60
      $0.outputBytesPerCell = 4096
    }
    let prepared = try await runner.prepare(lesson)
    let hasStarted = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      try await runner.run(prepared) { event in
        if event == .cellBegan(index: 1) { hasStarted.continuation.finish() }
      }
    }
    for await _ in hasStarted.stream {}
    if reason == "cancel" { task.cancel() }
    let outcome = try await task.value
    let identifiers = outcome.run.cells[0].outputs.flatMap { output -> [pid_t] in
      guard case .text(_, let text) = output else { return [] }
      return text.split(whereSeparator: \.isWhitespace).compactMap { pid_t($0) }
    }
    let group = try #require(identifiers.first)
    #expect(identifiers.count == 2)
    #expect(try isGone(group: group))
    #expect(outcome.diagnostics.filter { $0.severity == .error }.map(\.identifier) == Self.expected[reason])
  }

  private static let expected: [String: [String]] = [
    "timeout": ["timeout"], "output": ["output-limit"], "trap": ["trap"], "exit": ["early-exit"],
    "throw": ["uncaught-error"], "end": [], "cancel": ["cancelled"],
  ]

  private func isGone(group: pid_t) throws -> Bool {
    for _ in 0..<200 {
      if try living(in: group).isEmpty { return true }
      usleep(10_000)
    }
    return false
  }

  /// Orphans that have ended stay until init has waited for them; those do not count.
  private func living(in group: pid_t) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
      guard pid_t(name) != nil, let text = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
        let fields = text.split(separator: ")").last?.split(separator: " "), fields.count > 2
      else { return false }
      return pid_t(fields[2]) == group && fields[0] != "Z" && fields[0] != "X"
    }
  }

  /// Foundation starts programs in process groups of their own.
  @Test(arguments: ["print(\"end\")", "while true {}"])
  func noProgramOutlivesARun(last: String) async throws {
    let lesson = try FixtureLessons.lesson(cells: [
      """
      import Foundation
      let program = Process()
      program.executableURL = URL(fileURLWithPath: "/bin/sleep")
      program.arguments = ["1000"]
      try program.run()
      print(program.processIdentifier)
      """, last,
    ])
    let runner = try await FixtureLessons.runner { $0.secondsPerCell = 1 }
    let outcome = try await runner.run(try await runner.prepare(lesson))
    let printed = outcome.run.cells[0].outputs.compactMap { output -> String? in
      if case .text(_, let text) = output { text } else { nil }
    }
    let identifier = try #require(printed.first.flatMap { pid_t($0.dropLast()) })
    let state = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)
    #expect(state == nil || state?.contains(") Z ") == true)
  }

  /// Other tests open descriptors of theirs at the same time, some twenty at most; what a run left open would be more
  /// after this many of them.
  @Test(arguments: [
    "print(\"end\")", "throw CancellationError()", "print([1][Int(\"7\")!])", "while true { print(\"more\") }",
  ])
  func noDescriptorOutlivesARun(code: String) async throws {
    let runs = 60
    let runner = try await FixtureLessons.runner { $0.outputBytesPerCell = 4096 }
    let prepared = try await runner.prepare(try FixtureLessons.lesson(cells: [code]))
    let before = try Self.openDescriptors()
    for _ in 0..<runs { _ = try await runner.run(prepared) }
    #expect(try Self.openDescriptors() < before + runs / 2)
  }

  private static func openDescriptors() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
  }

  /// The text before a record is in the result before it, however much of it there is.
  @Test func textAndRecordsKeepTheirOrder() async throws {
    let lesson = try FixtureLessons.lesson(cells: [
      """
      import Glibc
      for i in 1...20 {
        print(String(repeating: "x", count: 9_000 + i))
        write(2, "e\\(i)\\n", i < 10 ? 3 : 4)
        expect(true, "claim \\(i)")
      }
      """
    ])
    let runner = try await FixtureLessons.runner()
    let prepared = try await runner.prepare(lesson)
    let outcome = try await runner.run(prepared)
    let expected = (1...20).flatMap { i -> [CellOutput] in
      [
        .text(.standardOutput, String(repeating: "x", count: 9_000 + i) + "\n"),
        .text(.standardError, "e\(i)\n"),
        .claim(
          Claim(
            text: "claim \(i)", holds: true, detail: "",
            place: Place(file: "lessons/fixture.md", line: 16, column: 9))),
      ]
    }
    #expect(outcome.run.cells[0].outputs == expected)
  }

  /// Live, the text comes in the order of each stream; cells and claims are where they belong.
  @Test func eventsTellTheSameStory() async throws {
    let lesson = try FixtureLessons.lesson(cells: [
      "print(\"a\")\nreportProgress(\"work\", 1, of: 1)\nprint(\"b\")", "expect(true, \"c\")\nprint(\"d\")",
    ])
    let runner = try await FixtureLessons.runner()
    let prepared = try await runner.prepare(lesson)
    let story = Mutex("")
    _ = try await runner.run(prepared) { event in
      story.withLock { story in
        switch event {
        case .cellBegan(let index): story += "<\(index)"
        case .cellEnded(let index, let seconds): story += seconds >= 0 ? "\(index)>" : "?"
        case .text(_, let bytes): story += String(decoding: bytes, as: UTF8.self)
        case .claim(let claim): story += "[\(claim.text)]"
        case .progress(let progress): story += "(\(progress.label) \(progress.completed)/\(progress.total))"
        case .shown: story += "!"
        }
      }
    }
    #expect(story.withLock { $0 } == "<0a\n(work 1/1)b\n0><1[c]d\n1>")
  }

  @Test func theSameRunGivesTheSameResult() async throws {
    let lesson = try FixtureLessons.lesson(cells: [
      "let table = Dictionary(uniqueKeysWithValues: (0..<50).map { (\"k\\($0)\", $0) })\nprint(table)",
      "print(Set(table.keys).hashValue)",
    ])
    let runner = try await FixtureLessons.runner()
    let prepared = try await runner.prepare(lesson)
    let first = try await runner.run(prepared)
    let second = try await runner.run(prepared)
    #expect(first.run == second.run)
  }

  @Test func aCellCannotReadItsParentsInput() async throws {
    let lesson = try FixtureLessons.lesson(cells: [
      "import Foundation\nprint(FileHandle.standardInput.readDataToEndOfFile().count)"
    ])
    let runner = try await FixtureLessons.runner()
    let prepared = try await runner.prepare(lesson)
    let outcome = try await runner.run(prepared)
    #expect(outcome.run.cells[0].outputs == [.text(.standardOutput, "0\n")])
  }

  @Test func readLineIsRefusedWhereItStands() async throws {
    let lesson = try FixtureLessons.lesson(cells: ["let x = 1\nprint(readLine() ?? \"nothing\")"])
    let runner = try await FixtureLessons.runner()
    let failure = await #expect(throws: LessonFailure.self) { _ = try await runner.prepare(lesson) }
    #expect(failure?.diagnostics.map(\.identifier) == ["reads-input"])
    let range = try #require(failure?.diagnostics.first?.location?.range)
    #expect(lesson.source.slice(range)?.hasPrefix("readLine") ?? false)
  }

  // MARK: - The executable by itself

  /// The program of a prepared lesson, which lies in the runner's folder as long as it is needed.
  private func executable(of lesson: Lesson, in folder: URL) async throws -> (path: String, owner: PreparedLesson) {
    let runner = try await FixtureLessons.runner { $0.buildFolder = folder.path }
    let prepared = try await runner.prepare(lesson)
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
    return (folder.appending(path: "\(name)/main/lesson").path, prepared)
  }

  @Test func startedByHandItPrints() async throws {
    let folder = try FixtureLessons.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let lesson = try FixtureLessons.lesson(cells: [
      "print(\"hello\")\nexpect(1.5, equals: 1, within: 0.25, \"close\")\nreportProgress(\"p\", 1, of: 2)",
      "struct Late: Error {}\nthrow Late()",
    ])
    let program = try await executable(of: lesson, in: folder)
    let process = Process()
    process.executableURL = URL(filePath: program.path)
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    let errorText = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(String(decoding: text, as: UTF8.self) == "hello\n✗ close (1.5, expected 1 ± 0.25)\n")
    #expect(String(decoding: errorText, as: UTF8.self) == "Error: Late()\n")
    #expect(process.terminationStatus == 1)
    withExtendedLifetime(program.owner) {}
  }

  /// A parent that was killed cannot end its lesson; the lesson sees the channel close, in the middle of a cell.
  @Test func itEndsWhenItsParentIsGone() async throws {
    let folder = try FixtureLessons.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = try await executable(of: try FixtureLessons.lesson(cells: [Self.endless]), in: folder)
    var ends: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 200)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    let words = [strdup(program.path), nil]
    let environment = [strdup("\(ChannelEnvironment.descriptor)=200"), nil]
    defer { for word in words + environment { free(word) } }
    var child: pid_t = 0
    try #require(posix_spawn(&child, program.path, &actions, &attributes, words, environment) == 0)
    close(ends[1])
    // The greeting and the cell's beginning: 4 + 5 and 4 + 9 bytes.
    for count in [9, 13] {
      var bytes = [UInt8](repeating: 0, count: count)
      #expect(recv(ends[0], &bytes, count, Int32(MSG_WAITALL)) == count)
      send(ends[0], [UInt8(1)], 1, 0)
    }
    close(ends[0])
    var status: Int32 = 0
    #expect(waitpid(child, &status, 0) == child)
    #expect(status & 0x7f == SIGKILL)
    withExtendedLifetime(program.owner) {}
  }
}
