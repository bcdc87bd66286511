import Lessons
import SiteBuilder
import SnippetProtocol
import SnippetRunner

/// A lesson that holds every kind of block, inline and output, and what running it gave.
enum SampleLesson {
  static func material() -> LessonMaterial {
    var builder = LessonBuilder(
      title: "Learning without labels: rebuild the input",
      summary: "An autoencoder squeezes an image through a narrow layer and has to rebuild it. What survives is what "
        + "the data have in common.",
      order: 2, slug: "02-autoencoder")
    builder.heading(1, "Learning without labels: rebuild the input")
    opening(&builder)
    model(&builder)
    training(&builder)
    closing(&builder)
    let lesson = builder.lesson
    return LessonMaterial(
      lesson: lesson, run: LessonRun(cells: runs, inlineValues: ["0.0097", "2.3 <"]),
      tokens: tokens(of: lesson))
  }

  /// Colours by spelling, and what two of the names are.
  private static func tokens(of lesson: Lesson) -> LessonTokens {
    var tokens = SyntaxHighlighter.lexicalTokens(of: lesson)
    tokens.hovers = [
      Hover(
        declarations: ["struct Autoencoder", "init(width: Int, using random: inout RandomSource)"],
        documentation: "Squeezes 784 pixels to `width` numbers, and back."),
      Hover(declarations: ["mutating func append(_ newElement: Float)"], documentation: ""),
    ]
    let names = ["Autoencoder", "append"]
    for cell in lesson.cells {
      let bytes = Array(cell.code.utf8)
      for (index, token) in tokens.cells[cell.index].enumerated() {
        let name = String(decoding: bytes[token.offset..<token.offset + token.length], as: UTF8.self)
        tokens.cells[cell.index][index].hover = names.firstIndex(of: name)
      }
    }
    return tokens
  }

  private static func opening(_ builder: inout LessonBuilder) {
    builder.paragraph(
      .text("Nobody labelled these images. Yet a network that must "), .emphasis([.text("rebuild")]),
      .text(" them from "), .strong([.text("32 numbers")]), .text(" each has to find out what a shoe is."), .softBreak,
      .text("The squeeze is called a "), .emphasis([.text("bottleneck")]), .text("; the numbers are the "),
      .link(destination: "#the-model", title: nil, content: [.text("latent code")]), .text(" "),
      .math("z \\in \\mathbb{R}^{32}"),
      .text(". Hinton and Salakhutdinov trained such networks in 2006."), .footnoteReference(number: 1, reference: 1))
    builder.add(
      .alert(
        kind: .note,
        content: [
          LessonBuilder.block(
            .paragraph([
              .text("The labels of the data set are used for "), .strong([.text("colouring")]),
              .text(" figures only, never for learning."),
            ]))
        ]))
    builder.cell(
      "import LessonKit\n\nvar random = RandomSource(seed: 42)\nlet images = try FashionMNIST.load(.train).images  // 60,000 x 784\nprint(\"images:\", images.shape)"
    ) {
      $0.label = "data"
    }
  }

  private static func model(_ builder: inout LessonBuilder) {
    builder.heading(2, "The model")
    builder.paragraph(
      .text("An encoder "), .math("f_\\theta"), .text(" and a decoder "), .math("g_\\phi"),
      .text(" are trained together to make the reconstruction error small:"))
    builder.add(
      .math(
        tex:
          "\\mathcal{L}(\\theta, \\phi) = \\mathbb{E}_{x \\sim p_\\text{data}} \\left[ \\frac{1}{d} \\sum_{i=1}^{d} \\bigl( x_i - g_\\phi(f_\\theta(x))_i \\bigr)^2 \\right].",
        label: "eq-loss"))
    builder.paragraph(
      .text("With a linear "), .math("f"), .text(" and "), .math("g"), .text(", "),
      .reference(label: "eq-loss", number: 1),
      .text(" is solved by principal component analysis. "), .code("relu"),
      .text(" between the layers lets it do better, as "),
      .reference(label: "fig-loss", number: 1), .text(" shows."))
    builder.add(
      .math(
        tex:
          "\\begin{aligned} h &= \\operatorname{relu}(W_1 x + b_1), & z &= W_2 h + b_2 \\\\ \\hat h &= \\operatorname{relu}(W_3 z + b_3), & \\hat x &= \\sigma(W_4 \\hat h + b_4) \\end{aligned}",
        label: nil))
    builder.cell(
      """
      /// Squeezes 784 pixels to `width` numbers, and back.
      struct Autoencoder {
        var encoder: Sequential
        var decoder: Sequential

        init(width: Int, using random: inout RandomSource) {
          encoder = Sequential(Linear(784, 256, using: &random), .relu, Linear(256, width, using: &random))
          decoder = Sequential(Linear(width, 256, using: &random), .relu, Linear(256, 784, using: &random), .sigmoid)
        }

        func callAsFunction(_ x: Tensor) -> Tensor { decoder(encoder(x)) }
      }
      """
    ) { $0.label = "model" }
    builder.heading(3, "Sizes")
    builder.add(
      .table(
        Block.Table(
          alignments: [.left, .right, .right], header: [[.text("Layer")], [.text("Output")], [.text("Parameters")]],
          rows: [
            [[.code("Linear")], [.text("256")], [.text("200,960")]],
            [[.code("Linear")], [.math("k = 32")], [.text("8,224")]],
          ])))
  }

  private static func training(_ builder: inout LessonBuilder) {
    builder.heading(2, "Training")
    builder.cell(
      "var model = Autoencoder(width: 32, using: &random)\nvar losses: [Float] = []\nfor batch in images.batches(of: 128) {\n  let (loss, gradient) = valueAndGradient(model) { meanSquaredError($0(batch), batch) }\n  optimizer.update(&model, along: gradient)\n  losses.append(loss)\n}\nshow(LinePlot(losses, x: \"step\", y: \"loss\"))"
    ) {
      $0.label = "fig-loss"
      $0.caption = "The loss of every step of the first epoch."
      $0.alt = "A curve that falls steeply in the first hundred steps and then slowly."
    }
    builder.cell(
      "expect(testError, lessThan: pcaError, \"the network beats PCA of the same width\")\nexpect(1 + 1, equals: 3, within: 0, \"a claim that fails\")"
    ) {
      $0.fold = true
    }
    builder.cell("let wrong: Int = \"text\"") {
      $0.label = "mistake"
      $0.error = "cannot convert"
    }
    builder.cell("deployToProduction(model)") { $0.ignore = true }
    builder.cell("trainForAWeek()") { $0.eval = false }
    builder.cell("let hidden = 1") { $0.echo = false }
    let value = builder.expression("testError")
    let other = builder.expression("ratio")
    builder.paragraph(
      .text("The error on images never seen is "), value, .text(", and "), other,
      .text(" times that of the training set."))
  }

  private static func closing(_ builder: inout LessonBuilder) {
    builder.heading(2, "What to try")
    builder.add(
      .list(
        Block.List(
          start: nil, isTight: true,
          items: [
            .init(task: true, content: [LessonBuilder.block(.paragraph([.text("Train with 32 numbers")]))]),
            .init(
              task: false,
              content: [LessonBuilder.block(.paragraph([.text("Train with "), .math("k = 2"), .text(" numbers")]))]),
          ])))
    builder.add(
      .list(
        Block.List(
          start: 3, isTight: false,
          items: [
            .init(content: [
              LessonBuilder.block(
                .paragraph([.text("Add noise to the input, "), .strikethrough([.text("always")]), .text(" sometimes.")])
              )
            ]),
            .init(content: [
              LessonBuilder.block(.code(language: "sh", text: "walkthrough run 02-autoencoder --figures out\n"))
            ]),
          ])))
    builder.add(
      .quote([
        LessonBuilder.block(.paragraph([.text("What I cannot create,"), .lineBreak, .text("I do not understand.")]))
      ]))
    builder.add(.code(language: "swift", text: "let x = 3  // not a cell\n"))
    builder.paragraph(.image(source: "https://example.org/funnels.svg", title: nil, alt: "Two funnels that meet"))
    builder.add(.thematicBreak)
    builder.paragraph(.text("Back to the beginning."), .footnoteReference(number: 1, reference: 2))
    builder.add(
      .footnotes([
        .init(
          number: 1, references: 2,
          content: [
            LessonBuilder.block(
              .paragraph([
                .link(
                  destination: "https://doi.org/10.1126/science.1127647", title: "Science 313",
                  content: [.text("Reducing the dimensionality of data with neural networks")])
              ]))
          ])
      ]))
  }

  private static let place = Place(file: "lessons/02-autoencoder.md", line: 1, column: 1)

  private static let runs = [
    CellRun(outputs: [.text(.standardOutput, "images: "), .text(.standardOutput, "[60000, 784]\n")]),
    CellRun(),
    CellRun(outputs: [
      .text(.standardError, "slow: 2 threads\n"), .shown(kind: "test.bars", payload: [30, 14, 9, 7, 6]),
      .shown(kind: "test.bars", payload: [5, 10, 20]),
    ]),
    CellRun(outputs: [
      .claim(
        Claim(text: "the network beats PCA of the same width", holds: true, detail: "0.0097 < 0.0143", place: place)),
      .claim(Claim(text: "a claim that fails", holds: false, detail: "", place: place)),
    ]),
    CellRun(outputs: [.expectedError("error: cannot convert value of type 'String' to specified type 'Int'")]),
    CellRun(), CellRun(), CellRun(outputs: [.text(.standardOutput, "shown without its code\n")]),
  ]
}
