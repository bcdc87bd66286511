internal import Foundation
internal import SnippetRunner

/// Keeps set formulas between builds, in one file: KaTeX takes longer for a course's formulas than everything else that a
/// build does when nothing changed. What other scripts made is a miss.
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

  private let kept: KeptValue<[Entry]>

  /// - Parameter scripts: everything that sets formulas, in its order.
  init(folder: URL, scripts: [String]) {
    kept = KeptValue(
      file: folder.appendingPathComponent("formulas.json"),
      key: scripts.map { SHA256.digest($0).description }.joined(separator: " "))
  }

  func load() -> [Formula: String] {
    Dictionary((kept.load() ?? []).map { ($0.formula, $0.html) }) { first, _ in first }
  }

  /// Stores the formulas of this build beside those of earlier ones. When these are more than the build's own, they are
  /// left out: most of them stood in sentences that were written anew.
  func store(_ formulas: [Formula: String], besides earlier: [Formula: String]) {
    guard formulas.keys.contains(where: { earlier[$0] == nil }) else { return }
    let older = earlier.filter { formulas[$0.key] == nil }
    let all = older.count > formulas.count ? formulas : formulas.merging(older) { own, _ in own }
    kept.store(all.map { Entry(formula: $0.key, html: $0.value) })
  }
}
