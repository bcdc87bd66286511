import FigureRendering
import Figures
import Markup
import Testing

/// A drawing whose places mean nothing has neither numbers nor lines around it, on a page and in a terminal.
@Suite struct HiddenAxisTests {
  private static func plot(_ axis: Axis) -> Figure {
    Plot(xAxis: axis, yAxis: axis, marks: [.points(PointMark(x: [-1.0, 0, 1], y: [0.5, -1, 1]))]).figure
  }

  private static let hidden = plot(.hidden(domain: -1.25...1.25))
  private static let shown = plot(Axis(domain: -1.25...1.25))

  @Test func thePageHasThePointsAlone() throws {
    func html(_ figure: Figure) -> String {
      Serializer.html(SVGRenderer.render(figure, id: "f", title: "t"))
    }
    let (drawn, around) = (html(Self.hidden), html(Self.shown))
    for part in ["fig-axis", "fig-grid", ">1.0<"] {
      #expect(around.contains(part), "\(part): nothing would be tested")
      #expect(!drawn.contains(part))
    }
    #expect(drawn.contains("fig-dots"))
  }

  @Test func theTerminalHasThePointsAlone() {
    func text(_ figure: Figure) -> String { TerminalRenderer.render(figure, columns: 60, color: .none) }
    let (drawn, around) = (text(Self.hidden), text(Self.shown))
    for part: Character in ["│", "┤", "└", "─", "1"] {
      #expect(around.contains(part), "\(part): nothing would be tested")
      #expect(!drawn.contains(part))
    }
    #expect(drawn.contains { ("\u{2801}"..."\u{28FF}").contains($0) })
  }

  /// The numbers are still there, as the figure's data.
  @Test func theDataAreTold() { #expect(CSVRenderer.csv(Self.hidden) == CSVRenderer.csv(Self.shown)) }
}
