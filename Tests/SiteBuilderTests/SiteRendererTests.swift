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

  /// The first page shows a figure that a lesson names, and lists the lessons by the parts of the course.
  @Test func theFirstPageShowsThePosterAndTheParts() throws {
    var sample = SampleLesson.material()
    sample.lesson = sample.lesson.changed { front in
      front.poster = "fig-loss"
      front.part = "Squeezing"
    }
    var second = Self.second()
    second.lesson = second.lesson.changed { $0.part = "Sampling" }
    let site = Self.renderer.render([second, sample])
    let page = try #require(site.files.first { $0.path == "index.html" })
    let html = String(decoding: page.content, as: UTF8.self)
    #expect(HTMLChecker(html).mistakes == [])
    let slug = sample.lesson.slug
    #expect(html.contains("<section class=\"poster\" aria-label=\"From the lessons\"><figure id=\"fig-loss\">"))
    #expect(html.contains("class=\"figure-number\" href=\"\(slug).html#fig-loss\""))
    #expect(html.contains("From the lesson <a href=\"\(slug).html\">"))
    let parts = html.matches(of: /<h3 class="course-part">([A-Za-z]*)<\/h3><ol class="lessons"><li>/).map {
      String($0.1)
    }
    #expect(parts == ["Squeezing", "Sampling"])

    // The same, where the lesson's page is one that an earlier build wrote.
    let folder = try TemporaryFolder()
    try SiteWriter(folder: folder.url).write(site.files)
    let kept = try #require(KeptPage(of: sample.lesson, in: folder.url))
    let again = Self.renderer.render([second], keeping: [kept])
    #expect(again.files.first { $0.path == "index.html" }?.content == page.content)
  }

  @Test func rendersTheSameBytesAgain() {
    let first = Self.renderer.render([SampleLesson.material(), Self.second()])
    let second = Self.renderer.render([Self.second(), SampleLesson.material()])
    #expect(first.files == second.files)
  }
}

extension Lesson {
  /// This lesson with another front matter.
  fileprivate func changed(_ change: (inout FrontMatter) -> Void) -> Lesson {
    var front = frontMatter
    change(&front)
    return Lesson(
      source: source, slug: slug, frontMatter: front, blocks: blocks, cells: cells,
      inlineExpressions: inlineExpressions,
      formulas: formulas, labels: labels, exercises: exercises)
  }
}
