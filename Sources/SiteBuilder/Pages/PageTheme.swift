internal import FigureRendering

/// The colours of pages, light and dark, as CSS custom properties.
///
/// Every text colour reaches 4.5:1 against `paper` and `code-paper` of its own theme (WCAG 2.2, 1.4.3); a test computes it.
struct PageTheme: Equatable {
  struct Color: Equatable {
    var name: String
    /// `#rrggbb`.
    var light: String
    var dark: String

    init(_ name: String, _ light: String, _ dark: String) {
      self.name = name
      self.light = light
      self.dark = dark
    }
  }

  /// What text stands on.
  static let surfaces = [
    Color("paper", "#fdfcf9", "#16181b"),
    Color("code-paper", "#f5f3ed", "#1e2125"),
  ]

  static let textColors = [
    Color("ink", "#22252a", "#d8d9dc"),
    Color("muted", "#5d636b", "#9aa1a9"),
    Color("accent", "#0f5f6e", "#7cc4cf"),
    Color("good", "#2c6b35", "#86c98d"),
    Color("warn", "#85500a", "#e0b062"),
    Color("bad", "#a3302a", "#f0958c"),
    Color("strong", "#6a3f9a", "#c3a5ea"),
    Color("code-keyword", "#8a2a6b", "#e39ac9"),
    Color("code-comment", "#62675e", "#8f958c"),
    Color("code-string", "#9c3a16", "#f0a27e"),
    Color("code-number", "#1f5aa8", "#8fb8f2"),
    Color("code-type", "#0b6170", "#7ccfd0"),
    Color("code-function", "#40600f", "#b9d58a"),
    Color("code-property", "#4a4f93", "#b3b9ec"),
    Color("code-attribute", "#7a5206", "#dcb86e"),
  ]

  static let lines = [
    Color("rule", "#dedad0", "#33383e"),
    Color("selection", "#d9ecee", "#24434a"),
    Color("scroll-shade", "#dcd7cb", "#3a424a"),
  ]

  /// The figures' own, on the ground of the page.
  static let figures = FigureTheme.variables.map { variable in
    let name = String(variable.name.trimmingPrefix("--"))
    guard name == "fig-background" else { return Color(name, variable.light, variable.dark) }
    return Color(name, surfaces[0].light, surfaces[0].dark)
  }

  static let colors = surfaces + textColors + lines + figures

  /// Light unless the system asks for dark; a reader's own choice (`data-theme`) beats both.
  static let css: String = {
    let light = colors.map { "--\($0.name):\($0.light)" }.joined(separator: ";")
    let dark = colors.map { "--\($0.name):\($0.dark)" }.joined(separator: ";")
    return """
      :root{\(light)}
      @media screen and (prefers-color-scheme:dark){:root:not([data-theme="light"]){\(dark)}}
      @media screen{:root[data-theme="dark"]{\(dark);color-scheme:dark}:root[data-theme="light"]{color-scheme:light}}

      """
  }()
}
