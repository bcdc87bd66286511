internal import Foundation

/// Runs axe-core in a page.
enum AxeCheck {
  private struct Node: Decodable {
    var rule: String
    var element: String
    var detail: String
  }

  enum Rules {
    case all
    /// Those that depend on colours and sizes.
    case looks

    fileprivate var selection: String {
      switch self {
      case .all: #"["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]"#
      case .looks: #"["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]"#
      }
    }
  }

  static func violations(of rules: Rules = .all, in tab: Tab, axe: URL) throws -> [Violation] {
    // Folded content is judged too. Preloading is off: it asks for style sheets in a way that files refuse.
    try tab.run("document.querySelectorAll('details').forEach((fold) => { fold.open = true; });")
    try tab.run(String(contentsOf: axe, encoding: .utf8))
    let nodes = try tab.evaluate(
      promise: """
        axe.run(document, {
          resultTypes: ["violations"], preload: false,
          runOnly: \(rules.selection),
        }).then((results) => results.violations.flatMap((violation) => violation.nodes.map((node) => ({
          rule: violation.id, element: node.target.flat().join(" "),
          detail: (node.any.concat(node.all, node.none)[0] || { message: violation.help }).message,
        }))))
        """, as: [Node].self)
    return nodes.map { Violation(rule: .axe, element: "\($0.element) (\($0.rule))", detail: $0.detail) }
  }
}
