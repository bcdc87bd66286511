internal import Foundation
internal import SnippetRunner

/// Keeps set formulas between builds, in one file: KaTeX takes longer for a course's formulas than everything else that a
/// build does when nothing changed.
///
/// An entry that cannot be read, or that other scripts made, is a miss.
struct FormulaCache {
  /// What decides how a formula looks, besides the scripts.
  struct Formula: Hashable, Codable {
    var tex: String
    var isDisplay: Bool
    /// The TeX with marks around its symbols, in place of `tex`.
    var marked: String?
  }

  private struct Entry: Codable {
    var formula: Formula
    var html: String
  }

  private struct Content: Codable {
    var scripts: String
    var entries: [Entry]
  }

  private let file: URL
  private let scripts: String

  /// - Parameter scripts: everything that sets formulas, in its order.
  init(folder: URL, scripts: [String]) {
    file = folder.appendingPathComponent("formulas.json")
    self.scripts = scripts.map { SHA256.digest($0).description }.joined(separator: " ")
  }

  func load() -> [Formula: String] {
    guard let data = try? Data(contentsOf: file), let content = try? JSONDecoder().decode(Content.self, from: data),
      content.scripts == scripts
    else { return [:] }
    return Dictionary(content.entries.map { ($0.formula, $0.html) }) { first, _ in first }
  }

  /// Stores the formulas of this build beside those of earlier ones. When these are more than the build's own, they are
  /// left out: most of them stood in sentences that were written anew.
  ///
  /// A cache that cannot be written makes the next build slower, nothing else; so failures are not reported.
  func store(_ formulas: [Formula: String], besides kept: [Formula: String]) {
    guard formulas.keys.contains(where: { kept[$0] == nil }) else { return }
    let older = kept.filter { formulas[$0.key] == nil }
    let all = older.count > formulas.count ? formulas : formulas.merging(older) { own, _ in own }
    let content = Content(scripts: scripts, entries: all.map { Entry(formula: $0.key, html: $0.value) })
    guard let data = try? JSONEncoder().encode(content) else { return }
    try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? data.write(to: file, options: .atomic)
  }
}
