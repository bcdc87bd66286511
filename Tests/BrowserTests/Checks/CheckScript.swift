internal import Foundation

/// The scripts that look at a page from the inside; `Scripts/common.js` is in scope of each.
enum CheckScript {
  private struct Finding: Decodable {
    var element: String
    var detail: String
  }

  /// The rules that one look at the page decides, wherever its script runs or not.
  static let looks: [Rule] = [
    .horizontalScroll, .labelOverlap, .brokenReference, .duplicateID, .imageAlternative, .scrollRegion, .contrast,
    .structure,
  ]

  /// Runs the scripts of `rules` in one go.
  static func violations(of rules: [Rule], in tab: Tab) throws -> [Violation] {
    let members = try rules.map { "\"\($0.rawValue)\": (\(try text(of: $0.rawValue)))()" }
    let found = try tab.evaluate(
      scope("return {\(members.joined(separator: ",\n"))};"), as: [String: [Finding]].self)
    return rules.flatMap { rule in
      (found[rule.rawValue] ?? []).map { Violation(rule: rule, element: $0.element, detail: $0.detail) }
    }
  }

  /// Runs the script of a rule that comes to its findings later.
  static func violations(awaited rule: Rule, in tab: Tab) throws -> [Violation] {
    let found = try tab.evaluate(
      promise: scope("return (\(text(of: rule.rawValue)))();"), as: [Finding].self)
    return found.map { Violation(rule: rule, element: $0.element, detail: $0.detail) }
  }

  /// An expression that runs `body`, a function's, with the helpers in scope.
  static func scope(_ body: String) throws -> String {
    "(() => {\n\(try text(of: "common"))\n\(body)\n})()"
  }

  /// Runs the script of that name, an expression, and keeps its value in the page as `window.walkthroughChecks`.
  static func keep(_ name: String, in tab: Tab) throws {
    // Line comments before the expression would swallow a `return` on their own line: parentheses keep it whole.
    try tab.run("window.walkthroughChecks = \(scope("return (\n\(text(of: name))\n);"));")
  }

  static func text(of name: String) throws -> String {
    let text = try String(contentsOf: Setting.tests.appending(path: "Scripts/\(name).js"), encoding: .utf8)
    // The script is put inside an expression: the comment at its head must not end in it.
    return "\n" + text
  }
}
