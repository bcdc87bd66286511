import FigureRendering
import Figures
import Foundation
import Markup
import Testing

/// `FIGURE_GALLERY=page.html swift test --filter GalleryTests` writes all samples on one page, to be looked at.
@Suite struct GalleryTests {
  static let path = ProcessInfo.processInfo.environment["FIGURE_GALLERY"]

  @Test(.enabled(if: path != nil)) func writePage() throws {
    let path = try #require(Self.path)
    let samples =
      Samples.all + [Sample(name: "scatter-10000", alt: "Ten thousand points.", figure: Samples.scatter(count: 10_000))]
    func declarations(_ theme: (FigureTheme.Variable) -> String) -> String {
      FigureTheme.variables.map { "\($0.name):\(theme($0));" }.joined()
    }
    let style = """
      :root{color-scheme:light dark;\(declarations(\.light))}
      @media(prefers-color-scheme:dark){:root{\(declarations(\.dark))}}
      body{font:16px/1.5 system-ui;background:var(--fig-background);color:var(--fig-ink);max-width:720px;margin:16px auto;padding:0 16px}
      figure{margin:40px 0}figcaption{color:var(--fig-muted);font-size:14px;margin-top:8px}
      """
    let figures = samples.map { sample -> Node in
      let drawn = SVGRenderer.render(sample.figure, id: sample.name, title: sample.alt)
      let caption = "\(sample.name), \(Serializer.html(drawn).utf8.count) bytes: \(sample.alt)"
      return .element("figure", [], [drawn, .element("figcaption", [], [.text(caption)])])
    }
    let page = Serializer.html([
      .doctype,
      .element("meta", [("charset", "utf-8")]),
      .element("meta", [("name", "viewport"), ("content", "width=device-width")]),
      .element("title", [], ["Figures"]),
      .element("style", [], [.text(style + FigureTheme.styleSheet)]),
      .fragment(figures),
    ])
    try page.write(toFile: path, atomically: true, encoding: .utf8)
  }
}
