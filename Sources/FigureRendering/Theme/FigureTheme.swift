/// The colours and type of figures. A figure names classes only; this style sheet gives them their looks, so that a
/// figure follows the page's theme.
package enum FigureTheme {
  /// A CSS variable with its value in either theme.
  package struct Variable: Equatable, Sendable {
    package let name: String
    package let light: String
    package let dark: String
  }

  /// How many series colours there are; more series start over.
  package static let seriesCount = 10

  /// Text, lines and ground, then `--fig-1` … `--fig-10`.
  ///
  /// The series colours were searched for, starting at the hues of Okabe and Ito, so that each has a contrast of at
  /// least 3:1 with its ground, and that any two differ as much as possible in OKLab, also as seen with protanopia and
  /// deuteranopia; which makes them differ in lightness.
  package static let variables: [Variable] =
    [
      Variable(name: "--fig-background", light: "#ffffff", dark: "#16181d"),
      Variable(name: "--fig-ink", light: "#1c1f26", dark: "#e8eaee"),
      Variable(name: "--fig-muted", light: "#59606c", dark: "#a6adb9"),
      Variable(name: "--fig-axis", light: "#858b96", dark: "#727a87"),
      Variable(name: "--fig-grid", light: "#e7e9ed", dark: "#2b2f37"),
    ] + series

  private static let series: [Variable] = zip(
    [
      "#1366c5", "#c42b00", "#00a398", "#7d447d", "#5c92e8", "#556c41", "#38324a", "#730001", "#110093", "#8a9a00",
    ],
    [
      "#0fa3ff", "#ce7700", "#05d2a1", "#a965a2", "#9dc7ff", "#fced12", "#d3f1d5", "#cc054c", "#5d5ce5", "#babc1c",
    ]
  ).enumerated().map { Variable(name: "--fig-\($0 + 1)", light: $1.0, dark: $1.1) }

  /// The rules for a page on which ``variables`` are defined.
  package static let styleSheet = rules { "var(\($0))" } + pageRules

  /// The rules for a figure that stands alone: light, and dark where the reader's system asks for it.
  static let standaloneStyleSheet =
    rules { name in value(of: name, \.light) } + "@media(prefers-color-scheme:dark){"
    + rules { name in value(of: name, \.dark) } + "}"

  private static func value(of name: String, _ theme: KeyPath<Variable, String>) -> String {
    variables.first { $0.name == name }?[keyPath: theme] ?? "currentColor"
  }

  private static func rules(_ color: (String) -> String) -> String {
    let ink = color("--fig-ink")
    let muted = color("--fig-muted")
    let background = color("--fig-background")
    var text = """
      .fig-svg{font:\(Int(Metrics.textSize))px \(fontFamily);font-variant-numeric:tabular-nums}
      .fig-svg text{fill:\(ink)}
      .fig-svg .fig-title{font-weight:600;font-size:\(Int(Metrics.titleSize))px}
      .fig-svg .fig-muted{fill:\(muted)}
      .fig-svg .fig-halo{paint-order:stroke;stroke:\(background);stroke-width:4px;stroke-linejoin:round}
      .fig-grid{stroke:\(color("--fig-grid"));fill:none}
      .fig-axis{stroke:\(color("--fig-axis"));fill:none}
      .fig-rule{stroke:\(ink);fill:none;stroke-width:1.25;stroke-dasharray:5 3}
      .fig-ink{stroke:\(ink);fill:none;stroke-width:1.25}
      .fig-round{stroke-linejoin:round;stroke-linecap:round}
      .fig-ground{fill:\(background)}
      .fig-line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
      .fig-lone{fill:none;stroke-width:5;stroke-linecap:round}
      .fig-dashed{stroke-dasharray:7 5;stroke-linecap:butt}
      .fig-dotted{stroke-dasharray:.1 5}
      .fig-dots{fill:none;stroke-linecap:round}
      .fig-dots .fig-square{stroke-linecap:square}
      .fig-area{fill-opacity:.22;stroke:none}
      .fig-bars{stroke:none}
      .fig-data *{vector-effect:non-scaling-stroke}
      .fig-pixels{image-rendering:pixelated}

      """
    for index in 1...seriesCount {
      let value = color("--fig-\(index)")
      text += ".fig-s\(index){stroke:\(value)}.fig-f\(index){fill:\(value)}\n"
    }
    return text
  }

  /// A figure comes in a wide and in a narrow layout, of which the page shows the one that has room.
  private static let pageRules = """
    .fig{container-type:inline-size}
    .fig-svg{display:block;max-width:100%;height:auto;margin-inline:auto}
    .fig-narrow{display:none}
    .fig-scroll{overflow-x:auto}
    .fig-frames{display:grid;grid-template-columns:repeat(auto-fill,minmax(170px,1fr));gap:16px}
    .fig-table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin-inline:auto}
    .fig-table caption{font-weight:600;text-align:start;padding-bottom:6px}
    .fig-table th,.fig-table td{padding:4px 12px;text-align:start;border-bottom:1px solid var(--fig-grid)}
    .fig-table th{color:var(--fig-muted);font-weight:600}
    .fig-table .fig-number{text-align:end}
    @container (max-width:519px){
    .fig-wide{display:none}
    .fig-narrow{display:block;width:100%;max-width:440px}
    }

    """

  private static let fontFamily =
    "system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",\"Noto Sans\",\"Liberation Sans\",Arial,sans-serif"

  /// The sizes of type, in the units of a figure; the layout counts on them.
  enum Metrics {
    static let textSize = 12.0
    static let titleSize = 14.0
    static let lineHeight = 16.0
  }
}
