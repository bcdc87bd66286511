internal import Foundation
internal import SnippetProtocol

/// Keeps set formulas between builds, in one file: KaTeX takes longer for a course's formulas than everything else that a
/// build does when nothing changed. What other scripts made is a miss.
struct FormulaCache {
  /// What decides how a formula looks, besides the scripts.
  struct Formula: Hashable {
    var tex: String
    var isDisplay: Bool
    /// The TeX with marks around its symbols, in place of `tex`.
    var marked: String?
  }

  fileprivate struct Entry: Sendable {
    var formula: Formula
    var html: String
  }

  fileprivate struct Entries: Sendable {
    var all: [Entry]
  }

  private let kept: KeptValue<Entries>
  private let limit: Int

  /// - Parameters:
  ///   - setter: names everything that sets formulas.
  ///   - limit: how many formulas that a build did not need are kept all the same: a build sets those of the pages that
  ///     changed alone.
  init(folder: URL, setter: String, limit: Int) {
    self.limit = limit
    kept = KeptValue(file: folder.appendingPathComponent("formulas"), key: "formulas 1\n\(setter)")
  }

  func load() -> [Formula: String] {
    Dictionary((kept.load()?.all ?? []).map { ($0.formula, $0.html) }) { first, _ in first }
  }

  /// Stores the formulas of this build beside those of earlier ones. When these are more than the limit and than the build's
  /// own, they are left out: most of them stood in sentences that were written anew.
  func store(_ formulas: [Formula: String], besides earlier: [Formula: String]) {
    guard formulas.keys.contains(where: { earlier[$0] == nil }) else { return }
    let older = earlier.filter { formulas[$0.key] == nil }
    let all = older.count > max(limit, formulas.count) ? formulas : formulas.merging(older) { own, _ in own }
    kept.store(Entries(all: all.map { Entry(formula: $0.key, html: $0.value) }))
  }
}

extension FormulaCache.Entries: WireCodable {
  func encode(to writer: inout WireWriter) { writer.write(all) }
  init(from reader: inout WireReader) throws(WireError) { all = try reader.readArray() }
}

extension FormulaCache.Entry: WireCodable {
  func encode(to writer: inout WireWriter) {
    writer.write(formula.tex)
    writer.write(formula.isDisplay)
    writer.writeOptional(formula.marked) { $0.write($1) }
    writer.write(html)
  }

  init(from reader: inout WireReader) throws(WireError) {
    formula = FormulaCache.Formula(
      tex: try reader.readString(), isDisplay: try reader.readBool(),
      marked: try reader.readOptional { reader throws(WireError) in try reader.readString() })
    html = try reader.readString()
  }
}
