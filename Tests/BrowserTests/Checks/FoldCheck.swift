/// Opens every fold by a click and shuts it by the space key, as a reader would.
enum FoldCheck {
  private struct Place: Decodable {
    var skip: Bool?
    var element: String?
    var problem: String?
    var open: Bool?
    var x: Double?
    var y: Double?
  }

  private struct State: Decodable {
    var open: Bool
    var shown: Bool
  }

  static func violations(in tab: Tab) throws -> [Violation] {
    try CheckScript.keep("folds", in: tab)
    var found: [Violation] = []
    for index in 0..<(try tab.evaluate("walkthroughChecks.count", as: Int.self)) {
      let place = try tab.evaluate("walkthroughChecks.place(\(index))", as: Place.self)
      guard place.skip != true else { continue }
      let element = place.element ?? "details"
      guard let x = place.x, let y = place.y, let wasOpen = place.open else {
        found.append(Violation(rule: .fold, element: element, detail: place.problem ?? "cannot be clicked on"))
        continue
      }
      try tab.click(x: x, y: y)
      let clicked = try state(of: index, in: tab)
      if clicked.open == wasOpen {
        found.append(
          Violation(rule: .fold, element: element, detail: "a click does not \(wasOpen ? "shut" : "open") it"))
      } else if !wasOpen && !clicked.shown {
        found.append(Violation(rule: .fold, element: element, detail: "is open and shows nothing"))
      }
      // The click has put the focus on the summary.
      try tab.press(.space)
      if try state(of: index, in: tab).open == clicked.open {
        found.append(Violation(rule: .fold, element: element, detail: "the space key does not move it"))
      }
    }
    return found
  }

  private static func state(of index: Int, in tab: Tab) throws -> State {
    try tab.evaluate("walkthroughChecks.state(\(index))", as: State.self)
  }
}
