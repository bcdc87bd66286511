internal import Foundation
import Testing

/// Every kind of mistake, made by a lesson beside a good one: what a person sees, and what is left behind.
struct MistakeTests {
  private static let mistakes: [(name: String, code: Int32)] = [
    ("unknown-option", 65), ("duplicate-label", 65), ("tex", 65), ("missing-file", 67), ("duplicate-name", 66),
    ("compile-error", 66), ("trap", 67),
    ("core-trap", 67), ("uncaught", 67), ("early-read", 66), ("failed-claim", 68), ("endless-cell", 67),
    ("endless-output", 67), ("missing-data", 67),
  ]

  @Test(arguments: mistakes) func aMistakeIsReportedAndLeavesTheOldSite(name: String, code: Int32) async throws {
    let place = try Workplace(lessons: ["good/01-good.md"])
    let before = try await place.run("build")
    #expect(before.code == 0, "\(before.errors)")
    let oldSite = try place.files("site")

    let lesson = Golden.fixture("broken/02-\(name).md")
    try FileManager.default.copyItem(at: lesson, to: place.folder.appending(path: "lessons/02-\(name).md"))
    let result = try await place.run("build")
    #expect(result.code == code)
    #expect(result.errors.contains("✓ 01-good"))
    try Golden.expect(result.transcript, matches: "build-\(name).txt")

    #expect(try place.files("site") == oldSite)
    #expect(try place.survivors().isEmpty)
    let rest = try FileManager.default.contentsOfDirectory(atPath: place.folder.path).sorted()
    #expect(rest == [".walkthrough", "lessons", "site"])
    let programs = try FileManager.default.contentsOfDirectory(
      atPath: place.folder.appending(path: ".walkthrough/build").path)
    #expect(programs.isEmpty)
  }

  @Test func aCorrectedLessonBuilds() async throws {
    let place = try Workplace(lessons: ["good/01-good.md", "broken/02-compile-error.md"])
    let broken = try await place.run("build")
    #expect(broken.code == 66)
    #expect(!place.exists("site"))
    let path = "lessons/02-compile-error.md"
    let corrected = try place.text(path).replacing("\"three\"", with: "3")
    try corrected.write(to: place.folder.appending(path: path), atomically: true, encoding: .utf8)
    let built = try await place.run("build")
    #expect(built.code == 0, "\(built.errors)")
    #expect(place.exists("site/02-compile-error.html"))
  }
}
