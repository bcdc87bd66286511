import Foundation
import Lessons
import SiteBuilder
import SnippetRunner
import Testing

@Suite struct ReferencePageTests {
  private static let renderer = SiteRenderer(shownValues: .bars)

  /// A lesson that calls two things of the sample library.
  private static func material() -> LessonMaterial {
    var builder = LessonBuilder(title: "Layers", summary: "One layer.", order: 1, slug: "01-layers")
    builder.heading(1, "Layers")
    builder.cell("let layer = Linear(1, 2)") { $0.label = "make" }
    builder.cell("print(2 % layer.apply(3))") { $0.label = "use" }
    let lesson = builder.lesson
    var tokens = SyntaxHighlighter.lexicalTokens(of: lesson)
    tokens.hovers = [
      Hover(
        declarations: ["struct Linear"], documentation: "A dense layer.",
        symbols: ["Linear", "Linear.init(_:_:initializer:using:)"]),
      Hover(declarations: ["func apply(_ x: Variable) -> Variable"], documentation: "", symbols: ["Linear.apply(_:)2"]),
      Hover(declarations: ["func % (a: Tensor, b: Tensor)"], documentation: "", symbols: ["%(_:_:)"]),
      Hover(declarations: ["func print(_ items: Any...)"], documentation: "", symbols: ["s:print"]),
    ]
    tokens.cells = [
      [CodeToken(offset: 12, length: 6, kind: .type, hover: 0)],
      [
        CodeToken(offset: 0, length: 5, kind: .function, hover: 3),
        CodeToken(offset: 8, length: 1, kind: .functionOperator, hover: 2),
        CodeToken(offset: 16, length: 5, kind: .function, hover: 1),
      ],
    ]
    let run = LessonRun(cells: lesson.cells.map { _ in CellRun(outputs: []) }, inlineValues: [])
    return LessonMaterial(lesson: lesson, run: run, tokens: tokens)
  }

  private static func site(keeping kept: [KeptPage] = []) -> Site {
    renderer.render(kept.isEmpty ? [material()] : [], keeping: kept, reference: SampleReference.reference)
  }

  private static func text(_ path: String, of site: Site) throws -> String {
    String(decoding: try #require(site.files.first { $0.path == path }).content, as: UTF8.self)
  }

  @Test func thePagesAreAsExpected() throws {
    let site = Self.site()
    #expect(site.diagnostics == [])
    var files: [String: String] = [:]
    for file in site.files where file.path.hasPrefix("api/") || file.path.hasPrefix("01-") {
      files[file.path] = String(decoding: file.content, as: UTF8.self)
    }
    files["assets/search-index.js"] = try Self.text("assets/search-index.js", of: site)
    try GoldenFiles("reference").expect(files)
  }

  @Test func pagesAreWellFormedAndTheirLinksLeadToFilesAndAnchors() throws {
    let site = Self.site()
    var pages: [String: HTMLChecker] = [:]
    for file in site.files where file.path.hasSuffix(".html") {
      pages[file.path] = HTMLChecker(String(decoding: file.content, as: UTF8.self))
    }
    #expect(pages.count >= 10)
    for (path, page) in pages {
      #expect(page.mistakes == [], "\(path)")
      for link in page.links where !link.hasPrefix("https://") && !link.hasPrefix("#") {
        let url = try #require(URL(string: link, relativeTo: URL(string: "site:/\(path)")), "\(path): \(link)")
        let target = String(url.path(percentEncoded: false).dropFirst())
        #expect(site.files.contains { $0.path == target }, "\(path) links to \(link)")
        if let fragment = url.fragment(percentEncoded: false) {
          #expect(pages[target]?.ids.contains(fragment) == true, "\(path) links to \(link)")
        }
      }
    }
  }

  @Test func aNameInCodeLeadsToItsPage() throws {
    let page = try Self.text("01-layers.html", of: Self.site())
    #expect(page.contains(#"<a class="t" data-h="0" href="api/NeuralNetworks/Linear.html">Linear</a>"#))
    #expect(page.contains(#"href="api/NeuralNetworks/Linear.html#apply(_:):2">apply</a>"#))
    #expect(page.contains(#"href="api/NeuralNetworks/index.html#%25(_:_:)">%</a>"#))
    #expect(page.contains(#"<span class="f" data-h="3">print</span>"#))
  }

  /// The page of a lesson that is not built again still counts as one that uses what its code names.
  @Test func aKeptPageIsReadForWhatItUses() throws {
    let folder = try TemporaryFolder()
    let first = Self.site()
    for file in first.files {
      let target = folder.url.appending(path: file.path)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.content).write(to: target)
    }
    let kept = try #require(KeptPage(of: Self.material().lesson, in: folder.url))
    let second = Self.site(keeping: [kept])
    for file in first.files where file.path.hasPrefix("api/") {
      #expect(try Self.text(file.path, of: second) == String(decoding: file.content, as: UTF8.self), "\(file.path)")
    }
  }

  @Test func namesOfPagesDifferInMoreThanCapitals() {
    let symbols = ["Adam", "ADAM", "adam"].map {
      APISymbol(identifier: $0, module: "M", path: [$0], kind: .structure, declaration: [])
    }
    let site = Self.renderer.render([], reference: APIReference(modules: [.init(name: "M", symbols: symbols)]))
    let paths = site.files.map { $0.path.lowercased() }
    #expect(Set(paths).count == paths.count)
    #expect(paths.count { $0.hasPrefix("api/m/adam") } == 3)
  }
}
