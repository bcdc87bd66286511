/// How a reader meets a page.
struct Condition: Hashable, CustomStringConvertible, Sendable {
  enum Theme: String, CaseIterable, Sendable { case light, dark }

  struct Viewport: Hashable, Sendable {
    var width: Int
    var height: Int
    /// A touch screen without a mouse.
    var isPhone: Bool { width < 600 }

    static let smallPhone = Viewport(width: 320, height: 568)
    static let phone = Viewport(width: 375, height: 812)
    static let desktop = Viewport(width: 1280, height: 800)
    static let wide = Viewport(width: 2560, height: 1440)
  }

  var viewport: Viewport
  var theme: Theme
  var script: Bool

  static let all: [Condition] = [Viewport.smallPhone, .phone, .desktop, .wide].flatMap { viewport in
    Theme.allCases.flatMap { theme in
      [true, false].map { Condition(viewport: viewport, theme: theme, script: $0) }
    }
  }

  /// Every width, theme and way with script comes up, not every combination.
  static let sampled: [Condition] = [
    Condition(viewport: .smallPhone, theme: .light, script: true),
    Condition(viewport: .desktop, theme: .dark, script: true),
    Condition(viewport: .phone, theme: .dark, script: false),
    Condition(viewport: .wide, theme: .light, script: false),
  ]

  /// As different as two can be: what few looks find, these do.
  static let opposite: [Condition] = [
    Condition(viewport: .desktop, theme: .light, script: true),
    Condition(viewport: .phone, theme: .dark, script: true),
  ]

  /// Pages of the reference are made alike, so fewer conditions are enough for each.
  static func of(_ page: String) -> [Condition] { page.hasPrefix("api/") ? sampled : all }

  var description: String { "\(viewport.width) px \(theme.rawValue)\(script ? "" : " without script")" }
}
