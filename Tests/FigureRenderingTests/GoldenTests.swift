import FigureRendering
import Figures
import Markup
import Testing

@Suite struct GoldenTests {
  @Test(arguments: Samples.all.map(\.name)) func page(_ name: String) throws {
    let sample = try #require(Samples.named(name))
    let node = SVGRenderer.render(sample.figure, id: "fig-\(name)", title: sample.alt, description: "")
    // A line for each element shows a change where it is.
    let text = Serializer.html(node).split(separator: "><").joined(separator: ">\n<")
    try Golden.expect(text + "\n", is: "\(name).html")
  }

  @Test(arguments: Samples.all.map(\.name)) func terminalWithoutColor(_ name: String) throws {
    let sample = try #require(Samples.named(name))
    try Golden.expect(
      TerminalRenderer.render(sample.figure, columns: 80, color: .none), is: "\(name).txt")
  }

  @Test(arguments: ["scatter", "heat-map", "images-rgb", "line"], [TerminalColors.palette256, .trueColor])
  func terminalWithColor(_ name: String, _ colors: TerminalColors) throws {
    let sample = try #require(Samples.named(name))
    try Golden.expect(
      TerminalRenderer.render(sample.figure, columns: 60, color: colors), is: "\(name).\(colors.rawValue).txt")
  }

  @Test(arguments: ["line-gap", "band", "bar", "histogram", "confusion", "field", "table", "multiples"])
  func listing(_ name: String) throws {
    let sample = try #require(Samples.named(name))
    try Golden.expect(CSVRenderer.csv(sample.figure), is: "\(name).csv")
  }

  @Test(arguments: ["line", "table", "frames"]) func document(_ name: String) throws {
    let sample = try #require(Samples.named(name))
    let text = SVGRenderer.document(sample.figure, title: sample.alt)
    try Golden.expect(text.split(separator: "><").joined(separator: ">\n<"), is: "\(name).svg")
  }
}

extension Samples {
  static func named(_ name: String) -> Sample? { all.first { $0.name == name } }
}
