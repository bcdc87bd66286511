internal import FigureRendering
package import Figures
internal import Foundation

/// Whether a terminal shows pictures, pixel by pixel: by kitty's graphics protocol, or as DEC's sixels.
package enum TerminalImages: String, Sendable {
  case kitty, sixel, text

  /// What `--images` takes.
  package static let choices = ["auto", "kitty", "sixel", "text"]

  /// Known by the environment that these terminals set. A terminal is not asked: one that does not understand would
  /// print the question, and one that answers late would answer into the reader's next command. Behind a multiplexer,
  /// which passes on no pictures unless told to, and where the output is no terminal, pictures stay text.
  package init(
    choice: String, descriptor: Int32, environment: [String: String]
  ) {
    if let forced = TerminalImages(rawValue: choice) {
      self = forced
      return
    }
    let isMultiplexed = environment["TMUX"] != nil || environment["STY"] != nil
    guard isatty(descriptor) == 1, !isMultiplexed else {
      self = .text
      return
    }
    self = Self.knowsKitty(environment) ? .kitty : Self.knowsSixels(environment) ? .sixel : .text
  }

  /// kitty itself, Ghostty and WezTerm.
  package static func knowsKitty(_ environment: [String: String]) -> Bool {
    if environment["KITTY_WINDOW_ID"] != nil || environment["GHOSTTY_RESOURCES_DIR"] != nil { return true }
    let terminal = environment["TERM"] ?? ""
    return terminal.hasSuffix("-kitty") || terminal.hasSuffix("-ghostty")
      || ["ghostty", "WezTerm"].contains(environment["TERM_PROGRAM"] ?? "")
  }

  /// foot, mlterm, Contour, iTerm2, and Konsole from 22.04 on.
  package static func knowsSixels(_ environment: [String: String]) -> Bool {
    let terminal = environment["TERM"] ?? ""
    return ["foot", "mlterm", "contour"].contains { terminal == $0 || terminal.hasPrefix($0 + "-") }
      || environment["TERM_PROGRAM"] == "iTerm.app" || Int(environment["KONSOLE_VERSION"] ?? "") ?? 0 >= 220_400
  }

  /// A grid of pictures with its labels in words; nil for a figure that is better drawn as text, and where all is.
  package func picture(of figure: Figure, columns: Int) -> String? {
    guard case .images(let grid) = figure else { return nil }
    switch self {
    case .text: return nil
    case .sixel: return SixelGraphics.sequence(figure, width: columns * 8).map { Self.labels(of: grid, columns) + $0 }
    case .kitty:
      guard let png = PNGRenderer.png(figure) else { return nil }
      // A cell is rarely narrower than eight pixels; a picture that may not fit is shrunk to the terminal's width.
      let isWide = grid.columns * (grid.width + 2) * 4 > columns * 8
      return Self.labels(of: grid, columns) + KittyGraphics.sequence(png, columns: isWide ? columns : nil)
    }
  }

  private static func labels(of grid: ImageGrid, _ columns: Int) -> String {
    var lines: [String] = []
    if !grid.title.isEmpty { lines.append(grid.title) }
    if !grid.columnLabels.isEmpty { lines.append("columns: " + grid.columnLabels.joined(separator: " · ")) }
    if !grid.rowLabels.isEmpty { lines.append("rows: " + grid.rowLabels.joined(separator: " · ")) }
    return lines.flatMap { Columns.wrapped($0, to: columns) }.map { $0 + "\n" }.joined()
  }
}
