/// Goes through a page with the tab key alone.
enum FocusWalk {
  private struct Stop: Decodable {
    /// The place among the page's stops in the order of the text; -1 for one that should be none, -2 for none at all.
    var index: Int
    var element: String
    var problems: [String]
  }

  static func violations(in tab: Tab) throws -> [Violation] {
    // What a fold holds is to be reached too.
    try tab.run("document.querySelectorAll('details').forEach((fold) => { fold.open = true; }); scrollTo(0, 0);")
    try CheckScript.keep("focus", in: tab)
    var found = try tab.evaluate("walkthroughChecks.positive()", as: [String].self).map {
      Violation(rule: .tabOrder, element: $0, detail: "has a tabindex above 0")
    }
    let count = try tab.evaluate("walkthroughChecks.count", as: Int.self)
    var visited: [Int] = []
    // Some more than there are stops: Chromium also stops at what scrolls, where nothing else lets a reader in.
    for _ in 0..<(count * 2 + 10) {
      try tab.press(.tab)
      let stop = try tab.evaluate("walkthroughChecks.look()", as: Stop.self)
      if stop.index == -2 || (stop.index >= 0 && visited.contains(stop.index)) { break }
      found += stop.problems.map { Violation(rule: .focusVisible, element: stop.element, detail: $0) }
      guard stop.index >= 0 else { continue }
      if let last = visited.last, stop.index < last {
        found.append(
          Violation(rule: .tabOrder, element: stop.element, detail: "comes after what follows it in the text"))
      }
      visited.append(stop.index)
    }
    for index in Set(0..<count).subtracting(visited).sorted() {
      let name = try tab.evaluate("walkthroughChecks.name(\(index))", as: String.self)
      found.append(Violation(rule: .tabOrder, element: name, detail: "the tab key does not reach it"))
    }
    return found
  }
}
