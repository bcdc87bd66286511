package import Foundation
package import Markup

/// Sets TeX as HTML and MathML, by KaTeX in a script engine: nothing is left to do on the page but to load its style.
///
/// Equal formulas are set once. One renderer is used by one task at a time.
package final class MathRenderer {
  /// What is wrong with a formula.
  package struct Mistake: Error, Equatable, Sendable {
    /// KaTeX's words without its prefix and its excerpt.
    package var message: String
    /// Where in the TeX, in UTF-16 units from 0, as far as KaTeX knows.
    package var position: Int?

    package init(message: String, position: Int?) {
      self.message = message
      self.position = position
    }
  }

  package enum LoadingFailure: Error, Equatable {
    case missingFile(path: String)
    case script(String)
  }

  private struct Formula: Hashable {
    var tex: String
    var isDisplay: Bool
  }

  private let engine: ScriptEngine
  private var known: [Formula: Result<String, Mistake>] = [:]
  /// All classes in what was set so far; they decide which fonts a site needs.
  private(set) var usedClasses: Set<String> = []

  /// Loads `katex.js` or `katex.min.js` from the folder of a KaTeX release.
  package init(katexFolder: URL) throws(LoadingFailure) {
    let names = ["katex.min.js", "katex.js"]
    let source = names.lazy.compactMap {
      try? String(contentsOf: katexFolder.appendingPathComponent($0), encoding: .utf8)
    }
    guard let source = source.first else {
      throw .missingFile(path: katexFolder.appendingPathComponent("katex.min.js").path)
    }
    guard let engine = ScriptEngine() else { throw .script("no memory for a script engine") }
    self.engine = engine
    do {
      try engine.run(source)
      try engine.run(Self.adapter)
    } catch {
      throw .script(error.message)
    }
  }

  /// `strict` is off because prose in lessons may use Unicode letters in formulas; `trust` is off, so that no formula
  /// can link or include anything.
  private static let adapter = """
    function setFormula(tex, mode) {
      return katex.renderToString(tex, {
        displayMode: mode === "display", output: "htmlAndMathml", throwOnError: true, strict: "ignore", trust: false
      });
    }
    """

  /// - Parameter isDisplay: whether the formula stands on lines of its own.
  package func render(_ tex: String, isDisplay: Bool) throws(Mistake) -> Node {
    let formula = Formula(tex: tex, isDisplay: isDisplay)
    let result = known[formula] ?? set(formula)
    known[formula] = result
    return .trusted(try result.get())
  }

  private func set(_ formula: Formula) -> Result<String, Mistake> {
    do throws(ScriptEngine.Failure) {
      let html = try engine.call("setFormula", [formula.tex, formula.isDisplay ? "display" : "inline"])
      usedClasses.formUnion(Self.classes(in: html))
      return .success(html)
    } catch {
      return .failure(Mistake(message: Self.plainMessage(error), position: error.position))
    }
  }

  /// Counts the formulas of a page that was rendered before as used, so that its fonts stay in the site.
  func countAsUsed(_ page: String) { usedClasses.formUnion(Self.classes(in: page)) }

  /// KaTeX says `KaTeX parse error: MESSAGE at position 3: a+EXCERPT`; the place is told in the project's own way.
  private static func plainMessage(_ failure: ScriptEngine.Failure) -> String {
    var message = failure.message
    if let prefix = message.range(of: "KaTeX parse error: ") { message.removeSubrange(..<prefix.upperBound) }
    for mark in [" at position ", " at end of input"] {
      if let tail = message.range(of: mark, options: .backwards) { message.removeSubrange(tail.lowerBound...) }
    }
    return message
  }

  private static func classes(in html: String) -> Set<String> {
    var classes: Set<String> = []
    for piece in html.components(separatedBy: "class=\"").dropFirst() {
      for name in piece.prefix(while: { $0 != "\"" }).split(separator: " ") { classes.insert(String(name)) }
    }
    return classes
  }
}
