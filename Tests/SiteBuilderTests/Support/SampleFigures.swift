import Figures
import Lessons
import SiteBuilder
import SnippetProtocol
import SnippetRunner

extension ShownValueRenderer {
  /// Bars and figures, for a look at both.
  static let sampleFigures = ShownValueRenderer { request throws(Failure) in
    try request.kind == Figure.wireKind ? figures.draw(request) : bars.draw(request)
  }
}

/// A lesson with one figure of each kind.
enum SampleFigures {
  static func shown(_ figure: Figure) -> CellOutput {
    var writer = WireWriter()
    writer.write(figure)
    return .shown(kind: Figure.wireKind, payload: writer.bytes)
  }

  static func material() -> LessonMaterial {
    var builder = LessonBuilder(title: "Figures", summary: "One of each kind.", order: 9, slug: "09-figures")
    builder.heading(1, "Figures")
    let figures = [
      ("curves", curves), ("clusters", clusters), ("pictures", pictures), ("film", film), ("numbers", numbers),
    ]
    for (name, _) in figures {
      builder.heading(2, "About \(name)")
      builder.paragraph(.text("What follows are \(name), as a lesson shows them beside its code."))
      builder.cell("show(\(name))") {
        $0.label = "fig-\(name)"
        $0.caption = "The \(name) of a lesson, drawn from values that it computed."
        $0.alt = "An example of \(name)."
      }
    }
    let lesson = builder.lesson
    return LessonMaterial(
      lesson: lesson,
      run: LessonRun(cells: figures.map { CellRun(outputs: [shown($0.1)]) }, inlineValues: []),
      tokens: SyntaxHighlighter.lexicalTokens(of: lesson))
  }

  static let curves: Figure = {
    let steps = (1...200).map(Double.init)
    return LineChart(
      x: steps, y: ["train": steps.map { 0.2 / $0.squareRoot() }, "test": steps.map { 0.2 / $0.squareRoot() + 0.008 }],
      xAxis: "step", yAxis: .log("loss")
    ).figure
  }()

  static let clusters: Figure = {
    var x: [Double] = []
    var y: [Double] = []
    var category: [Int] = []
    for index in 0..<600 {
      let wobble = Double(index * 7_919 % 1_000) / 1_000
      let other = Double(index * 104_729 % 1_000) / 1_000
      category.append(index % 6)
      x.append(Double(index % 3) * 2 + wobble)
      y.append(Double(index % 6 / 3) * 2 + other)
    }
    return ScatterPlot(
      x: x, y: y, category: category, names: ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal"],
      xAxis: "first code", yAxis: "second code"
    ).figure
  }()

  static let pictures: Figure = {
    func row(_ shift: Int) -> [Double] {
      (0..<7_840).map { (index: Int) -> Double in
        let column = index % 28
        let line = index / 28 % 28
        return Double((column + line + index / 784 * 3 + shift) % 28) / 28
      }
    }
    return ImageGrid(rows: ["input": row(0), "rebuilt": row(5)], height: 28, width: 28).figure
  }()

  static let film: Figure = {
    let plots = (0..<4).map { step in
      LineChart(["sample": (0..<40).map { Double($0 * (step + 1) % 17) }], xAxis: "x", yAxis: "y").plot
    }
    return Frames(plots, labels: (0..<4).map { "step \($0)" }).figure
  }()

  static let numbers: Figure = .table(
    Table(
      columns: ["Model", "Error"],
      rows: [[.text("PCA"), .quantity(0.0143, decimals: 4)], [.text("network"), .quantity(0.0097, decimals: 4)]]))
}
