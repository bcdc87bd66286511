package import Foundation
package import Lessons

/// The stage that finds formulas that are no TeX. It needs no run, so that a slip of the pen is not told after minutes of
/// training.
package enum FormulaCheck {
  /// The mistakes of each text's formulas, at the places where KaTeX stumbled.
  ///
  /// - Parameter cacheFolder: where set formulas are kept for the pages and for later builds; nil keeps none.
  package static func mistakes(
    in texts: [(source: SourceFile, formulas: [Formula])], katexFolder: URL = SiteRenderer.defaultKatexFolder,
    cacheFolder: URL? = nil
  ) -> [[Diagnostic]] {
    guard texts.contains(where: { !$0.formulas.isEmpty }) else { return texts.map { _ in [] } }
    // A missing KaTeX is reported when pages are rendered.
    guard let math = try? MathRenderer(katexFolder: katexFolder, cacheFolder: cacheFolder) else {
      return texts.map { _ in [] }
    }
    defer { math.keepFormulas() }
    return texts.map { text in text.formulas.compactMap { mistake(in: $0, of: text.source, math) } }
  }

  private static func mistake(in formula: Formula, of source: SourceFile, _ math: MathRenderer) -> Diagnostic? {
    do throws(MathRenderer.Mistake) {
      _ = try math.render(formula.tex, isDisplay: formula.isDisplay)
      return nil
    } catch {
      return Diagnostic(
        stage: .writing, identifier: "tex", summary: "TeX: \(error.message)",
        location: source.location(place(error.position, in: formula, of: source)),
        remedy: "Mend the formula; https://katex.org/docs/supported lists what can be written.")
    }
  }

  /// From the mistake to the formula's end.
  private static func place(_ offset: Int?, in formula: Formula, of source: SourceFile) -> SourceRange {
    let tex = formula.tex
    // In a list or a quote the file has more before each line than the TeX.
    guard let offset, source.slice(formula.range) == tex,
      let index = tex.utf16.index(tex.startIndex, offsetBy: offset, limitedBy: tex.endIndex)
    else { return formula.range }
    let lines = tex.utf8[..<index].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let width = lines.last?.count ?? 0
    var start = formula.range.start
    if lines.count > 1 {
      start = SourcePosition(line: start.line + lines.count - 1, column: width + 1)
    } else {
      start.column += width
    }
    return SourceRange(start: start, end: max(start, formula.range.end))
  }
}
