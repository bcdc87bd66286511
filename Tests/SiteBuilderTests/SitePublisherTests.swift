import Foundation
import Lessons
import SiteBuilder
import SnippetRunner
import Testing

@Suite struct SitePublisherTests {
  private let publisher = SitePublisher(
    highlighter: SyntaxHighlighter(toolchain: nil, cacheFolder: nil), renderer: SiteRenderer(shownValues: .bars))
  private let good: SitePublisher.Outcome
  private let bad: SitePublisher.Outcome

  init() {
    let material = SampleLesson.material()
    good = .ran(material.lesson, material.run)
    var builder = LessonBuilder(slug: "01-bad")
    builder.paragraph(.math("\\oops"))
    bad = .ran(builder.lesson, LessonRun(cells: [], inlineValues: []))
  }

  @Test func writesASiteInWhichAllIsWell() throws {
    let folder = try TemporaryFolder()
    let report = publisher.publish([good], to: folder.url.appendingPathComponent("site"))
    #expect(report.isWritten && report.pages == 1 && report.diagnostics == [])
    #expect(try folder.files(in: "site").keys.contains("02-autoencoder.html"))
  }

  @Test func oneMistakeKeepsTheOldSiteAndAllAreTold() throws {
    let folder = try TemporaryFolder()
    let report = publisher.publish([bad, good, bad], to: folder.url.appendingPathComponent("site"))
    #expect(!report.isWritten && report.pages == 3)
    #expect(report.diagnostics.map(\.identifier) == ["tex", "tex"])
    #expect(try folder.names() == [])
  }

  @Test func aLessonThatFailedBeforeKeepsTheOldSite() throws {
    let folder = try TemporaryFolder()
    let report = publisher.publish([good, .failed], to: folder.url.appendingPathComponent("site"))
    #expect(!report.isWritten && report.pages == 1 && report.diagnostics == [])
    #expect(try folder.names() == [])
  }

  @Test func aWarningKeepsNothingBack() throws {
    let folder = try TemporaryFolder()
    let toolchain = SyntaxHighlighter.Toolchain(
      languageServer: "/nowhere/server", compilerArguments: [], fingerprint: "none")
    let publisher = SitePublisher(
      highlighter: SyntaxHighlighter(toolchain: toolchain, cacheFolder: nil), renderer: SiteRenderer(shownValues: .bars)
    )
    let report = publisher.publish([good], to: folder.url.appendingPathComponent("site"))
    #expect(report.isWritten)
    #expect(report.diagnostics.map(\.severity) == [.warning])
  }

  @Test func withoutAFolderItOnlyChecks() {
    let report = publisher.publish([good], to: nil)
    #expect(!report.isWritten && report.pages == 1 && report.diagnostics == [])
  }
}
