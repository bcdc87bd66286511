internal import Foundation

/// Where things are on a page, and waiting for what comes.
extension Tab {
  struct Spot: Decodable {
    var x: Double
    var y: Double
  }

  /// Brings the element that an expression gives into the middle of the window and says where that is; nil where the
  /// page has none.
  func spot(of expression: String) throws -> Spot? {
    try evaluate(
      """
      ((element) => {
        if (!element) { return null; }
        element.scrollIntoView({ block: "center", behavior: "instant" });
        const box = element.getClientRects()[0];
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      })(\(expression))
      """, as: Spot?.self)
  }

  /// The same of the first element that a selector finds.
  func spot(_ selector: String) throws -> Spot? {
    try spot(of: "document.querySelector('\(selector.replacing("'", with: "\\'"))')")
  }

  /// Whether the condition comes to hold within ten seconds.
  func waits(for condition: String) throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline {
      if (try? evaluate(condition, as: Bool.self)) == true { return true }
      Thread.sleep(forTimeInterval: 0.05)
    }
    return false
  }
}
