import Foundation
import Lessons
import SiteBuilder
import SnippetRunner
import Testing

@Suite struct SiteRendererTests {
  static let renderer = SiteRenderer(shownValues: .bars)

  static func second() -> LessonMaterial {
    var builder = LessonBuilder(
      title: "Next: the variational one", summary: "A code with a distribution.", order: 3, slug: "03-vae")
    builder.heading(1, "Next: the variational one")
    builder.paragraph(.text("No formula, no code."))
    let lesson = builder.lesson
    return LessonMaterial(
      lesson: lesson, run: LessonRun(cells: [], inlineValues: []), tokens: SyntaxHighlighter.lexicalTokens(of: lesson))
  }

  /// Everything that can be read as text is compared; of fonts the names are.
  @Test func theWholeSiteIsAsExpected() throws {
    let site = Self.renderer.render([Self.second(), SampleLesson.material()])
    #expect(site.diagnostics == [])
    var files: [String: String] = [:]
    var fonts: [String] = []
    for file in site.files {
      if file.path.hasSuffix(".woff2") {
        fonts.append(file.path)
      } else if file.path != "assets/site.css" && file.path != "assets/site.js" {
        files[file.path] = String(decoding: file.content, as: UTF8.self)
      }
    }
    files["fonts.txt"] = fonts.joined(separator: "\n") + "\n"
    try GoldenFiles("site").expect(files)
  }

  /// With `SAMPLE_SITE=folder` the sample is written there, to be looked at in a browser.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["SAMPLE_SITE"] != nil))
  func writesTheSampleToLookAt() throws {
    let folder = try #require(ProcessInfo.processInfo.environment["SAMPLE_SITE"])
    let renderer = SiteRenderer(shownValues: .sampleFigures)
    let site = renderer.render([Self.second(), SampleLesson.material(), SampleFigures.material()])
    try SiteWriter(folder: URL(fileURLWithPath: folder)).write(site.files)
  }

  @Test func rendersTheSameBytesAgain() {
    let first = Self.renderer.render([SampleLesson.material(), Self.second()])
    let second = Self.renderer.render([Self.second(), SampleLesson.material()])
    #expect(first.files == second.files)
  }
}
