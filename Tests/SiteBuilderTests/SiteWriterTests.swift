import Foundation
import Lessons
import SiteBuilder
import Testing

@Suite struct SiteWriterTests {
  private static let old = [
    SiteFile(path: "index.html", text: "old"), SiteFile(path: "old/page.html", text: "old page"),
  ]
  private static let new = [SiteFile(path: "index.html", text: "new"), SiteFile(path: "assets/fonts/a", text: "font")]

  private func text(_ files: [String: String]) -> [String: String] { files.filter { $0.key != SiteWriter.marker } }

  @Test func writesTheFilesAndAMark() throws {
    let folder = try TemporaryFolder()
    try SiteWriter(folder: folder.url.appendingPathComponent("deep/site")).write(Self.new)
    let files = try folder.files(in: "deep/site")
    #expect(text(files) == ["index.html": "new", "assets/fonts/a": "font"])
    #expect(files[SiteWriter.marker] != nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/deep") == ["site"])
  }

  @Test(arguments: [true, false])
  func replacesAnOldSiteAsAWhole(_ canExchange: Bool) throws {
    let folder = try TemporaryFolder()
    let site = folder.url.appendingPathComponent("site")
    try SiteWriter(folder: site).write(Self.old)
    try SiteWriter(folder: site, canExchange: canExchange) { _ in }.write(Self.new)
    #expect(text(try folder.files(in: "site")) == ["index.html": "new", "assets/fonts/a": "font"])
    #expect(try folder.names() == ["site"])
  }

  private struct Broken: Error {}

  @Test(arguments: [
    SiteWriter.Step.cleaning, .making, .writing(SiteWriter.marker), .writing("assets/fonts/a"), .writing("index.html"),
    .syncing, .swapping,
  ])
  func aFailureAnywhereLeavesTheOldSiteWhole(_ step: SiteWriter.Step) throws {
    let folder = try TemporaryFolder()
    let site = folder.url.appendingPathComponent("site")
    try SiteWriter(folder: site).write(Self.old)
    var reached = false
    let writer = SiteWriter(folder: site, canExchange: true) { current in
      if current == step {
        reached = true
        throw Broken()
      }
    }
    #expect { try writer.write(Self.new) } throws: { ($0 as? Diagnostic)?.identifier == "site-not-written" }
    #expect(reached)
    #expect(text(try folder.files(in: "site")) == ["index.html": "old", "old/page.html": "old page"])
    #expect(try folder.names() == ["site"])
  }

  @Test func anOldSiteThatCannotBeRemovedDoesNoHarm() throws {
    let folder = try TemporaryFolder()
    let site = folder.url.appendingPathComponent("site")
    try SiteWriter(folder: site).write(Self.old)
    try SiteWriter(folder: site, canExchange: true) { if $0 == .removingOld { throw Broken() } }.write(Self.new)
    #expect(text(try folder.files(in: "site"))["index.html"] == "new")
    #expect(try folder.names().count == 2)
    try SiteWriter(folder: site).write(Self.new)
    #expect(try folder.names() == ["site"])
  }

  /// A process number that no process can have.
  private static let gone = 999_999_999

  @Test func removesWhatKilledBuildsLeft() throws {
    let folder = try TemporaryFolder()
    let site = folder.url.appendingPathComponent("site")
    try folder.write("mark", to: ".site.walkthrough-new-\(Self.gone)/\(SiteWriter.marker)")
    try folder.write("half", to: ".site.walkthrough-new-\(Self.gone)/index.html")
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent(".site.walkthrough-new-\(Self.gone - 1)"),
      withIntermediateDirectories: false)
    try SiteWriter(folder: site).write(Self.new)
    #expect(try folder.names() == ["site"])
  }

  @Test func leavesWhatIsNotItsOwn() throws {
    let folder = try TemporaryFolder()
    let others = [
      ".site.walkthrough-new-\(Self.gone)/precious.txt", ".site.walkthrough-new-1/\(SiteWriter.marker)",
      ".site.walkthrough-notes/\(SiteWriter.marker)", ".other.walkthrough-new-\(Self.gone)/\(SiteWriter.marker)",
    ]
    for path in others { try folder.write("kept", to: path) }
    try SiteWriter(folder: folder.url.appendingPathComponent("site")).write(Self.new)
    let files = try folder.files()
    for path in others { #expect(files[path] == "kept", "\(path)") }
  }

  @Test func finishesASwapThatAKilledBuildHadBegun() throws {
    let folder = try TemporaryFolder()
    try folder.write("mark", to: ".site.walkthrough-old-\(Self.gone)/\(SiteWriter.marker)")
    try folder.write("old", to: ".site.walkthrough-old-\(Self.gone)/index.html")
    let writer = SiteWriter(folder: folder.url.appendingPathComponent("site"), canExchange: true) { step in
      if step == .making { throw Broken() }
    }
    #expect(throws: Diagnostic.self) { try writer.write(Self.new) }
    #expect(text(try folder.files(in: "site")) == ["index.html": "old"])
    #expect(try folder.names() == ["site"])
  }

  @Test func aFolderThatIsNoSiteIsNotReplaced() throws {
    let folder = try TemporaryFolder()
    try folder.write("thesis", to: "site/thesis.tex")
    let writer = SiteWriter(folder: folder.url.appendingPathComponent("site"))
    #expect { try writer.write(Self.new) } throws: { error in
      guard let diagnostic = error as? Diagnostic else { return false }
      return diagnostic.identifier == "not-a-site"
        && diagnostic.summary == "site was not made by walkthrough and is not replaced"
    }
    #expect(try folder.files() == ["site/thesis.tex": "thesis"])
  }

  @Test func aFileInTheSitesPlaceIsNotReplaced() throws {
    let folder = try TemporaryFolder()
    try folder.write("a file", to: "site")
    #expect(throws: Diagnostic.self) {
      try SiteWriter(folder: folder.url.appendingPathComponent("site")).write(Self.new)
    }
    #expect(try folder.files() == ["site": "a file"])
  }

  @Test(arguments: ["../outside", "/absolute", "a//b", "./a", "a/..", ""])
  func pathsThatLeaveTheSiteAreRefused(_ path: String) throws {
    let folder = try TemporaryFolder()
    let writer = SiteWriter(folder: folder.url.appendingPathComponent("site"))
    #expect { try writer.write([SiteFile(path: path, text: "x")]) } throws: { error in
      (error as? Diagnostic)?.summary.contains("cannot write outside the site: \(path)") == true
    }
    #expect(try folder.names() == [])
  }

  @Test func theReasonOfTheSystemIsTold() throws {
    let writer = SiteWriter(folder: URL(fileURLWithPath: "/proc/site"))
    #expect { try writer.write(Self.new) } throws: { error in
      (error as? Diagnostic)?.summary.hasPrefix("the site was not written: cannot make the folder /proc/") == true
    }
  }
}
