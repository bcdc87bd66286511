/// One broken rule at one place of a page.
struct Violation: Hashable, Sendable {
  var rule: Rule
  /// The element, or the address, that breaks it.
  var element: String
  var detail: String
}

/// What was found on a page, each violation with the conditions that it was found under.
struct Findings {
  private var conditions: [Violation: [String]] = [:]

  mutating func add(_ violations: [Violation], under condition: String) {
    for violation in violations where conditions[violation]?.last != condition {
      conditions[violation, default: []].append(condition)
    }
  }

  var rules: Set<Rule> { Set(conditions.keys.map(\.rule)) }

  /// One line a place; details that differ from one condition to the next (a width, a ratio) share it.
  func lines(page: String, of conditionCount: Int) -> [String] {
    let places = Dictionary(grouping: conditions.keys) { "\(page): \($0.rule.rawValue): \($0.element)" }
    return places.sorted { $0.key < $1.key }.map { place, violations in
      let details = Set(violations.map(\.detail)).sorted()
      var seen: [String] = []
      for condition in violations.flatMap({ conditions[$0] ?? [] }) where !seen.contains(condition) {
        seen.append(condition)
      }
      let more = details.count > 2 ? " and \(details.count - 2) more" : ""
      let places = seen.count == conditionCount ? "everywhere" : seen.prefix(4).joined(separator: ", ")
      return
        "\(place): \(details.prefix(2).joined(separator: "; "))\(more) [\(places)\(seen.count > 4 && seen.count != conditionCount ? ", …" : "")]"
    }
  }
}
