import Foundation
import Markup
import SiteBuilder
import Testing

@Suite struct MathRendererTests {
  let renderer: MathRenderer

  init() throws { renderer = try MathRenderer(katexFolder: SiteRenderer.defaultKatexFolder) }

  private func html(_ tex: String, isDisplay: Bool = false) throws -> String {
    Serializer.html(try renderer.render(tex, isDisplay: isDisplay))
  }

  @Test func setsHTMLForEyesAndMathMLForEars() throws {
    let html = try html("x^2")
    #expect(html.hasPrefix("<span class=\"katex\"><span class=\"katex-mathml\"><math "))
    #expect(html.contains("<msup><mi>x</mi><mn>2</mn></msup>"))
    #expect(html.contains("<span class=\"katex-html\" aria-hidden=\"true\">"))
  }

  @Test func displayMathStandsAlone() throws {
    #expect(try html("x", isDisplay: true).hasPrefix("<span class=\"katex-display\">"))
  }

  @Test func theSameFormulaIsTheSameMarkup() throws {
    #expect(try html("\\frac{a}{b}") == html("\\frac{a}{b}"))
    #expect(try html("a") != html("b"))
  }

  @Test func textCannotBecomeMarkup() throws {
    let html = try html("\\text{<script>\\&} < y")
    #expect(!html.contains("<script"))
    #expect(html.contains("&lt;script&gt;&amp;"))
  }

  @Test(arguments: ["\\text{日本}", "\\text{🎉}", "\\text{𝔸}"])
  func otherScriptsComeBackWhole(_ tex: String) throws {
    let inner = tex.dropFirst(6).dropLast()
    #expect(try html(tex).contains("<mtext>\(inner)</mtext>"))
  }

  @Test(arguments: [
    "\\begin{matrix}a&b\\\\c&d\\end{matrix}", "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}",
    "\\begin{bmatrix}a\\\\b\\end{bmatrix}",
    "\\begin{vmatrix}a&b\\end{vmatrix}", "\\begin{Vmatrix}a&b\\end{Vmatrix}", "\\begin{Bmatrix}a&b\\end{Bmatrix}",
    "\\begin{smallmatrix}a&b\\end{smallmatrix}", "\\begin{array}{c|r}a&b\\\\\\hline c&d\\end{array}",
    "\\begin{cases}1&x>0\\\\0&\\text{else}\\end{cases}", "\\begin{rcases}a\\\\b\\end{rcases}",
    "\\begin{aligned}a&=b\\\\&=c\\end{aligned}", "\\begin{alignedat}{2}a&b&c&d\\end{alignedat}",
    "\\begin{gathered}a\\\\b\\end{gathered}", "\\begin{split}a&=b\\end{split}", "\\begin{align}a&=b\\end{align}",
    "\\begin{CD}A@>f>>B\\end{CD}", "\\sum_{\\substack{i<j\\\\j\\le n}}",
  ])
  func tablesOfFormulasAreSet(_ tex: String) throws {
    let html = try html(tex, isDisplay: true)
    #expect(html.contains("<mtable") && html.contains("</mtable>"))
  }

  @Test(arguments: [
    "\\underbrace{a+b}_{c}", "\\overbrace{a}^{n}", "\\operatorname{KL}(p\\,\\|\\,q)",
    "\\operatorname*{arg\\,max}_\\theta f",
    "\\mathop{\\mathbb{E}}_{x\\sim p}", "\\left(\\frac{a}{b}\\middle\\|c\\right)",
    "\\xrightarrow[t\\to\\infty]{\\text{noise}}",
    "\\widehat{abc}", "\\sqrt[3]{x}", "\\boxed{x}", "\\cancel{x}", "\\binom{n}{k}", "\\boldsymbol{\\mu}",
    "\\bigl\\|x\\bigr\\|_2^2",
  ])
  func theCommonConstructionsAreSet(_ tex: String) throws {
    #expect(try html(tex).contains("<math "))
    #expect(try html(tex, isDisplay: true).contains("<math "))
  }

  /// The name of a function comes with the sign of its application, which is no part of a fraction or a base.
  @Test(arguments: [
    "{\\operatorname{KL}}_q", "{\\sin}^2", "{\\operatorname{KL}}_q^2", "\\operatorname{KL}_q",
    "\\frac{\\operatorname{Cov}}{\\operatorname{Var}}", "\\sqrt[\\ln]{\\exp}", "\\hat{\\operatorname{KL}}",
    "\\underbrace{\\max}_{\\operatorname{KL}}", "\\binom{\\sin}{\\cos}", "\\overline{\\ln}_{\\hat{\\max}}", "x_{\\max}",
    "\\operatorname*{KL}_{\\operatorname{q}}^{\\min}",
    // Operators of several elements are no operators with elements inside.
    "a \\bmod b", "\\stackrel{d}{=}", "\\overset{a}{b}", "\\underset{x}{\\operatorname{argmin}} f",
    "\\mathop{\\mathbb{E}}_{x}", "\\mathop{\\text{arg max}}_x", "x \\coloneqq y",
  ])
  func partsOfFormulasAreElementsOfTheirOwn(_ tex: String) throws {
    for isDisplay in [false, true] {
      #expect(HTMLChecker("<!doctype html>" + (try html(tex, isDisplay: isDisplay))).mistakes == [])
    }
  }

  /// The style sheet draws the stroke.
  @Test(arguments: ["a \\neq b", "a \\not\\sim b"])
  func crossedOutRelationsHaveNoPrivateCharacter(_ tex: String) throws {
    let html = try html(tex)
    #expect(!html.unicodeScalars.contains { (0xE000...0xF8FF).contains($0.value) })
    #expect(html.contains("<span class=\"stroke-of-not\"></span>"))
  }

  @Test func linksAndFilesAreNotTrusted() throws {
    let html = try html("\\href{javascript:alert(1)}{x}")
    #expect(!html.contains("<a "))
  }

  @Test func aMistakeSaysWhatAndWhere() {
    #expect(throws: MathRenderer.Mistake(message: "Undefined control sequence: \\foo", position: 2)) {
      try renderer.render("a+\\foo b", isDisplay: false)
    }
    #expect(throws: MathRenderer.Mistake(message: "Expected 'EOF', got '}'", position: 3)) {
      try renderer.render("a+b}", isDisplay: true)
    }
  }

  @Test func aMistakeAtTheEndHasThePlaceOfTheEnd() {
    #expect(
      throws: MathRenderer.Mistake(message: "Unexpected end of input in a macro argument, expected '}'", position: 9)
    ) {
      try renderer.render("\\frac{a}{", isDisplay: false)
    }
  }

  @Test func endlessMacrosAndDeepNestingAreMistakes() throws {
    #expect(throws: MathRenderer.Mistake.self) { try renderer.render("\\def\\a{\\a\\a}\\a", isDisplay: false) }
    let deep = String(repeating: "{", count: 20_000)
    #expect(throws: MathRenderer.Mistake.self) { try renderer.render(deep, isDisplay: false) }
    #expect(try html("x").contains("<mi>x</mi>"))
  }

  @Test func definitionsDoNotLeakIntoTheNextFormula() throws {
    _ = try html("\\gdef\\mine{x}\\mine")
    #expect(throws: MathRenderer.Mistake.self) { try renderer.render("\\mine", isDisplay: false) }
  }

  @Test func aFolderWithoutKatexIsNamed() {
    let folder = URL(fileURLWithPath: "/nowhere", isDirectory: true)
    #expect(throws: MathRenderer.LoadingFailure.missingFile(path: "/nowhere/katex.min.js")) {
      try MathRenderer(katexFolder: folder)
    }
  }

  @Test func aScriptThatIsNoneIsNamed() throws {
    let folder = try TemporaryFolder()
    try folder.write("this is no script", to: "katex.min.js")
    #expect { try MathRenderer(katexFolder: folder.url) } throws: { error in
      guard case MathRenderer.LoadingFailure.script(let message)? = error as? MathRenderer.LoadingFailure else {
        return false
      }
      return message.contains("unterminated") || message.contains("parse")
    }
  }
}
