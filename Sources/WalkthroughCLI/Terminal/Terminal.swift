internal import Foundation

/// What is known of the place that an output goes to.
struct Terminal: Sendable {
  /// What `--color` takes.
  static let colorChoices = ["auto", "always", "never"]

  enum Color: String, CaseIterable, Sendable { case none, ansi256, truecolor }

  var isInteractive: Bool
  var columns: Int
  var color: Color

  /// Looks at a file descriptor and the environment: `NO_COLOR` and `TERM=dumb` switch colour off, `COLUMNS` gives the
  /// width where the system cannot tell it.
  init(
    descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment, colorChoice: String = "auto"
  ) {
    let isTerminal = isatty(descriptor) == 1
    let isDumb = environment["TERM"] == "dumb"
    isInteractive = isTerminal && !isDumb
    columns = Self.width(of: descriptor) ?? environment["COLUMNS"].flatMap(Int.init) ?? 80

    let wantsColor =
      switch colorChoice {
      case "always": true
      case "never": false
      default: isInteractive && environment["NO_COLOR"].map(\.isEmpty) ?? true
      }
    if !wantsColor {
      color = .none
    } else {
      color = ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") ? .truecolor : .ansi256
    }
  }

  private static func width(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  func styled(_ text: String, _ style: Style) -> String {
    color == .none ? text : "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
  }

  enum Style: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
  }
}
