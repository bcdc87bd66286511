package import Foundation
package import Markup
internal import SnippetRunner

/// Sets TeX as HTML and MathML, by KaTeX in a script engine: nothing is left to do on the page but to load its style.
///
/// Equal formulas are set once, and with a cache once for all builds. One renderer is used by one task at a time.
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

  private let katex: String
  /// Made when the first formula has to be set: a build that finds every formula in its cache needs none.
  private var engine: ScriptEngine?
  private let cache: FormulaCache?
  private var kept: [FormulaCache.Formula: String]
  private var known: [FormulaCache.Formula: Setting] = [:]
  private var usedClasses: Set<String> = []
  /// Names everything that decides how formulas look.
  let identity: String

  private struct Setting {
    var html: Result<String, Mistake>
    var classes: Set<String> = []
  }

  /// Loads `katex.js` or `katex.min.js` from the folder of a KaTeX release.
  ///
  /// - Parameters:
  ///   - cacheFolder: where formulas are kept between builds; nil keeps none.
  ///   - keptLimit: how many that nobody asked for are kept all the same; a course has some two thousand.
  package init(katexFolder: URL, cacheFolder: URL? = nil, keptLimit: Int = 5_000) throws(LoadingFailure) {
    let names = ["katex.min.js", "katex.js"]
    let source = names.lazy.compactMap {
      try? String(contentsOf: katexFolder.appendingPathComponent($0), encoding: .utf8)
    }
    guard let source = source.first else {
      throw .missingFile(path: katexFolder.appendingPathComponent("katex.min.js").path)
    }
    katex = source
    identity = [Self.laterStandard, source, Self.adapter].map { SHA256.digest($0).description }.joined(separator: " ")
    cache = cacheFolder.map { [identity] in FormulaCache(folder: $0, setter: identity, limit: keptLimit) }
    kept = cache?.load() ?? [:]
    // What was kept was set by these very scripts; without it nobody knows yet whether they can be loaded.
    if kept.isEmpty { engine = try Self.load(source) }
  }

  private static func load(_ katex: String) throws(LoadingFailure) -> ScriptEngine {
    guard let engine = ScriptEngine() else { throw .script("no memory for a script engine") }
    do {
      try engine.run(laterStandard)
      try engine.run(katex)
      try engine.run(adapter)
    } catch {
      throw .script(error.message)
    }
    return engine
  }

  /// What KaTeX calls and Duktape lacks, as ECMAScript 2015 has it: `fill`, for the columns of matrices.
  private static let laterStandard = """
    Object.defineProperty(Array.prototype, "fill", {
      configurable: true, writable: true,
      value: function fill(value, start, end) {
        var count = this.length >>> 0;
        function place(index, missing) {
          if (index === undefined) { return missing; }
          var whole = index < 0 ? Math.ceil(index) : Math.floor(index) || 0;
          return whole < 0 ? Math.max(count + whole, 0) : Math.min(whole, count);
        }
        for (var at = place(start, 0), last = place(end, count); at < last; at++) { this[at] = value; }
        return this;
      }
    });
    """

  /// `strict` is off because prose in lessons may use Unicode letters in formulas; `trust` is off, so that no formula
  /// can link or include anything; what marks a lesson's symbols is allowed where this program wrote it.
  ///
  /// KaTeX gives MathML for the name of a function as two elements, the name and the sign of its application, in a fragment
  /// without an element of its own. A fraction, a root or a base with an index takes each of its children for a part:
  /// there the two become one row. Where it makes an operator of several elements, as of `\bmod` and `\overset`, it puts them
  /// into one that may hold text alone: that becomes a row, too.
  private static let adapter = """
    var parts = {
      mfrac: true, mroot: true, msub: true, msup: true, msubsup: true, munder: true, mover: true, munderover: true
    };
    var texts = { mi: true, mn: true, mo: true, mtext: true };
    function isText(node) { return node.text !== undefined; }
    function keepPartsWhole(node) {
      var children = node.children || [];
      for (var index = 0; index < children.length; index++) {
        var child = children[index];
        keepPartsWhole(child);
        if (parts[node.type] && child.children && !child.type) {
          children[index] = new node.constructor("mrow", child.children);
        }
      }
      if (texts[node.type] && !children.every(isText)) {
        node.type = "mrow";
        node.attributes = {};
      }
    }
    function setFormula(tex, mode, marks) {
      var tree = katex.__renderToDomTree(tex, {
        displayMode: mode === "display", output: "htmlAndMathml", throwOnError: true, strict: "ignore",
        trust: function (context) { return marks === "marks" && context.command === "\\\\htmlData"; }
      });
      keepPartsWhole(tree);
      return tree.toMarkup();
    }
    """

  /// - Parameter isDisplay: whether the formula stands on lines of its own.
  package func render(_ tex: String, isDisplay: Bool) throws(Mistake) -> Node {
    .trusted(try html(of: FormulaCache.Formula(tex: tex, isDisplay: isDisplay)).get())
  }

  /// The formula with its symbols marked; nil where it cannot be set, as TeX that does not parse even without marks.
  func render(_ tex: String, marked: String, isDisplay: Bool) -> Node? {
    let formula = FormulaCache.Formula(tex: tex, isDisplay: isDisplay, marked: marked)
    return (try? html(of: formula).get()).map { .trusted($0) }
  }

  /// Writes what was set by this renderer to the cache, if it has one.
  package func keepFormulas() {
    cache?.store(known.compactMapValues { try? $0.html.get() }, besides: kept)
  }

  private func html(of formula: FormulaCache.Formula) -> Result<String, Mistake> {
    let setting: Setting
    if let found = known[formula] {
      setting = found
    } else {
      let html = kept[formula].map { .success($0) } ?? set(formula)
      setting = Setting(html: html, classes: (try? html.get()).map(Self.classes) ?? [])
      known[formula] = setting
    }
    usedClasses.formUnion(setting.classes)
    return setting.html
  }

  /// All classes in what was asked for since the last call; they decide which fonts a site needs.
  func takeUsedClasses() -> Set<String> {
    defer { usedClasses = [] }
    return usedClasses
  }

  /// KaTeX crosses a relation out with a private character of its font, which has no place in a page's text: the style
  /// sheet puts it there.
  private func set(_ formula: FormulaCache.Formula) -> Result<String, Mistake> {
    let engine: ScriptEngine
    do throws(LoadingFailure) {
      if let loaded = self.engine { engine = loaded } else { engine = try Self.load(katex) }
      self.engine = engine
    } catch {
      return .failure(Mistake(message: "KaTeX could not be loaded", position: nil))
    }
    do throws(ScriptEngine.Failure) {
      var html = try engine.call(
        "setFormula",
        [
          formula.marked ?? formula.tex, formula.isDisplay ? "display" : "inline", formula.marked == nil ? "" : "marks",
        ])
      if formula.marked != nil { html = Self.withAnnotation(formula.tex, in: html) }
      return .success(html.replacing("\u{E020}", with: "<span class=\"stroke-of-not\"></span>"))
    } catch {
      return .failure(Mistake(message: Self.plainMessage(error), position: error.position))
    }
  }

  /// KaTeX says `KaTeX parse error: MESSAGE at position 3: a+EXCERPT`; the place is told in the project's own way.
  private static func plainMessage(_ failure: ScriptEngine.Failure) -> String {
    var message = failure.message
    if let prefix = message.range(of: "KaTeX parse error: ") { message.removeSubrange(..<prefix.upperBound) }
    for mark in [" at position ", " at end of input"] {
      if let tail = message.range(of: mark, options: .backwards) { message.removeSubrange(tail.lowerBound...) }
    }
    return message
  }

  /// MathML carries the TeX along, for who copies it: without the marks.
  private static func withAnnotation(_ tex: String, in html: String) -> String {
    guard let start = html.range(of: "<annotation encoding=\"application/x-tex\">"),
      let end = html.range(of: "</annotation>", range: start.upperBound..<html.endIndex)
    else { return html }
    let plain = tex.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    return html.replacingCharacters(in: start.upperBound..<end.lowerBound, with: plain)
  }

  private static let attribute = Array("class=\"".utf8)

  /// All classes in a page or a piece of one.
  static func classes(in html: String) -> Set<String> {
    var classes: Set<String> = []
    var rest = html.utf8[...]
    // Most lists of classes stand many times in a formula; each is taken apart once.
    var lists: Set<Substring> = []
    while let start = rest.firstRange(of: attribute) {
      rest = rest[start.upperBound...]
      let end = rest.firstIndex(of: UInt8(ascii: "\"")) ?? rest.endIndex
      if lists.insert(Substring(rest[..<end])).inserted {
        classes.formUnion(Substring(rest[..<end]).split(separator: " ").map(String.init))
      }
      rest = rest[end...]
    }
    return classes
  }
}
