import Foundation
import Markup
import SiteBuilder
import Testing

/// A kept formula is the one that KaTeX would set, or it is set.
@Suite struct FormulaCacheTests {
  let folder: TemporaryFolder
  private var file: URL { folder.url.appending(path: "formulas") }

  init() throws { folder = try TemporaryFolder() }

  private func renderer(katex: URL = SiteRenderer.defaultKatexFolder, limit: Int = 100) throws -> MathRenderer {
    try MathRenderer(katexFolder: katex, cacheFolder: folder.url, keptLimit: limit)
  }

  private func html(_ renderer: MathRenderer, _ tex: String, isDisplay: Bool = false) throws -> String {
    Serializer.html(try renderer.render(tex, isDisplay: isDisplay))
  }

  /// Sets and keeps some formulas, and changes one of them in the file.
  private func keepChanged() throws {
    let first = try renderer()
    for tex in ["x^2", "a \\not= b", "y"] { _ = try html(first, tex) }
    first.keepFormulas()
    try Self.change(">y<", to: ">z<", in: file)
  }

  /// Replaces a text in a file of bytes by another of the same length.
  static func change(_ old: String, to new: String, in file: URL) throws {
    let bytes = Array(try Data(contentsOf: file))
    let changed = bytes.replacing(old.utf8, with: Array(new.utf8))
    #expect(changed != bytes && changed.count == bytes.count)
    try Data(changed).write(to: file)
  }

  @Test func aKeptFormulaIsNotSetAgain() throws {
    let plain = try MathRenderer(katexFolder: SiteRenderer.defaultKatexFolder)
    try keepChanged()
    let second = try renderer()
    for tex in ["x^2", "a \\not= b"] { #expect(try html(second, tex) == html(plain, tex)) }
    #expect(try html(second, "y") == html(plain, "y").replacing(">y<", with: ">z<"))
    // A display and others that are not kept are set, and then kept beside them.
    #expect(try html(second, "y", isDisplay: true) == html(plain, "y", isDisplay: true))
    #expect(throws: MathRenderer.Mistake.self) { try second.render("\\frac{1", isDisplay: false) }
    second.keepFormulas()
    let third = try renderer()
    #expect(try html(third, "y") != html(plain, "y"))
    #expect(try html(third, "y", isDisplay: true) == html(plain, "y", isDisplay: true))
    #expect(throws: MathRenderer.Mistake.self) { try third.render("\\frac{1", isDisplay: false) }
  }

  @Test func anotherKatexSetsAnew() throws {
    try keepChanged()
    let other = try TemporaryFolder()
    let script = SiteRenderer.defaultKatexFolder.appending(path: "katex.min.js")
    try other.write(try String(contentsOf: script, encoding: .utf8) + "\n// another release\n", to: "katex.min.js")
    let plain = try MathRenderer(katexFolder: SiteRenderer.defaultKatexFolder)
    #expect(try html(try renderer(katex: other.url), "y") == html(plain, "y"))
  }

  @Test(arguments: ["", "{", "\0\0\0\0"])
  func aDamagedFileIsNone(content: String) throws {
    try keepChanged()
    try content.write(to: file, atomically: true, encoding: .utf8)
    let plain = try MathRenderer(katexFolder: SiteRenderer.defaultKatexFolder)
    #expect(try html(try renderer(), "y") == html(plain, "y"))
  }

  /// Formulas of sentences that were written anew do not pile up, but those of pages that were not rendered stay.
  @Test(arguments: [(limit: 4, stays: false), (limit: 5, stays: true)])
  func whatNobodyUsesIsLeftOutInTheEnd(limit: Int, stays: Bool) throws {
    let first = try renderer(limit: limit)
    for number in 0..<5 { _ = try html(first, "\(number)") }
    first.keepFormulas()
    let second = try renderer(limit: limit)
    for number in 10..<12 { _ = try html(second, "\(number)") }
    second.keepFormulas()
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(text.contains("<mn>11</mn>"))
    #expect(text.contains("<mn>3</mn>") == stays)
  }
}
