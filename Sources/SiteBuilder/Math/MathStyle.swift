internal import Foundation

/// KaTeX's style sheet, cut down to the fonts that a site's formulas use, and those fonts.
struct MathStyle: Equatable {
  struct Font: Equatable {
    /// Such as `KaTeX_Main-Regular.woff2`.
    var name: String
    var content: Data
  }

  enum LoadingFailure: Error, Equatable {
    case missingFile(path: String)
  }

  /// Without the fonts that are not used; every remaining `src` names one woff2 file under `fonts/`.
  var css: String
  /// In the order of their names.
  var fonts: [Font]

  /// Reads `katex.min.css` or `katex.css` and `fonts/` in the folder of a KaTeX release.
  init(katexFolder: URL, usedClasses: Set<String>) throws(LoadingFailure) {
    let sheets = ["katex.min.css", "katex.css"].lazy.compactMap {
      try? String(contentsOf: katexFolder.appendingPathComponent($0), encoding: .utf8)
    }
    guard let sheet = sheets.first else {
      throw .missingFile(path: katexFolder.appendingPathComponent("katex.min.css").path)
    }
    let rules = Self.rules(of: sheet)
    let faces = Self.faces(in: rules, usedClasses: usedClasses)
    var css = ""
    var names: Set<String> = []
    for rule in rules {
      guard rule.selector == "@font-face" else {
        css += "\(rule.selector){\(rule.body)}\n"
        continue
      }
      guard let family = rule.value(of: "font-family"), let name = Self.fontName(in: rule.body),
        faces.contains(Face(family: family, rule))
      else { continue }
      names.insert(name)
      let declarations = rule.declarations.filter { !$0.hasPrefix("src") } + ["src:url(fonts/\(name)) format('woff2')"]
      // A formula that is not there yet must not be measured with another font.
      css += "@font-face{\(declarations.joined(separator: ";"));font-display:block}\n"
    }
    var fonts: [Font] = []
    for name in names.sorted() {
      let file = katexFolder.appendingPathComponent("fonts").resolvingSymlinksInPath().appendingPathComponent(name)
      guard let content = try? Data(contentsOf: file) else { throw .missingFile(path: file.path) }
      fonts.append(Font(name: name, content: content))
    }
    self.css = css
    self.fonts = fonts
  }

  private struct Rule {
    var selector: String
    var body: String

    var declarations: [String] {
      body.split(separator: ";").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    }

    func value(of property: String) -> String? {
      for declaration in declarations where declaration.hasPrefix(property + ":") {
        return declaration.dropFirst(property.count + 1).trimmingCharacters(in: CharacterSet(charactersIn: " '\""))
      }
      return nil
    }
  }

  /// The sheet's rules; one inside `@media` is kept whole, as the body of the outer one.
  private static func rules(of sheet: String) -> [Rule] {
    var rules: [Rule] = []
    var depth = 0
    var selector = ""
    var body = ""
    for character in sheet {
      switch character {
      case "{":
        depth += 1
        if depth > 1 { body.append(character) }
      case "}":
        depth -= 1
        if depth > 0 {
          body.append(character)
        } else {
          rules.append(Rule(selector: selector.trimmingCharacters(in: .whitespacesAndNewlines), body: body))
          selector = ""
          body = ""
        }
      default:
        if depth > 0 { body.append(character) } else { selector.append(character) }
      }
    }
    return rules
  }

  private struct Face: Hashable {
    var family: String
    var isBold: Bool
    var isItalic: Bool

    init(family: String, _ rule: Rule) {
      self.family = family
      isBold = rule.value(of: "font-weight") == "700"
      isItalic = rule.value(of: "font-style") == "italic"
    }

    func with(_ trait: WritableKeyPath<Face, Bool>) -> Face {
      var face = self
      face[keyPath: trait] = true
      return face
    }
  }

  /// The faces that the rules ask for that can match something: those of whose selectors every class was used.
  private static func faces(in rules: [Rule], usedClasses: Set<String>) -> Set<Face> {
    var faces: Set<Face> = []
    for rule in rules where !rule.selector.hasPrefix("@") {
      let matches = rule.selector.split(separator: ",").contains { selector in
        classes(of: selector).allSatisfy(usedClasses.contains)
      }
      guard matches else { continue }
      for declaration in rule.declarations where declaration.hasPrefix("font") {
        for family in declaration.matches(of: /KaTeX_\w+/) { faces.insert(Face(family: String(family.output), rule)) }
      }
    }
    // These two change the face of whatever family they stand in.
    if usedClasses.contains("textbf") { faces.formUnion(faces.map { $0.with(\.isBold) }) }
    if usedClasses.contains("textit") { faces.formUnion(faces.map { $0.with(\.isItalic) }) }
    return faces
  }

  private static func classes(of selector: some StringProtocol) -> [String] {
    String(selector).matches(of: /\.([\w-]+)/).map { String($0.1) }
  }

  private static func fontName(in body: String) -> String? {
    body.firstMatch(of: /fonts\/([\w-]+\.woff2)/).map { String($0.1) }
  }
}
