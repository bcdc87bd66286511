internal import FigureRendering
internal import Figures
internal import Foundation
internal import Lessons
internal import SnippetProtocol
internal import SnippetRunner

/// Shows a running lesson in the terminal: text as it comes, figures drawn, claims with a tick or a cross. What comes
/// before the first cell that is shown never arrives here.
actor RunOutput {
  private let lesson: Lesson
  private let terminal: Terminal
  private var status: StatusLine
  private var files: FigureFiles?
  private let images: TerminalImages
  private var cell = 0
  private var hasHeading = false
  private var endsLine = true
  private(set) var diagnostics: [Diagnostic] = []

  init(lesson: Lesson, terminal: Terminal, images: TerminalImages, files: FigureFiles?) {
    self.lesson = lesson
    self.terminal = terminal
    self.images = images
    self.files = files
    status = StatusLine(terminal: Terminal(descriptor: STDERR_FILENO), descriptor: STDERR_FILENO)
  }

  func show(_ event: RunEvent) {
    switch event {
    case .cellBegan(let index):
      cell = index
      hasHeading = false
      status.show("running \(lesson.cells[index].name) (\(index + 1) of \(lesson.cells.count))")
    case .text(let stream, let bytes):
      beginOutput()
      StandardOutput.write(bytes, to: stream == .standardOutput ? STDOUT_FILENO : STDERR_FILENO)
      endsLine = bytes.last == UInt8(ascii: "\n")
    case .shown(let kind, let payload):
      beginOutput()
      endLine()
      draw(kind, payload)
    case .claim(let claim):
      beginOutput()
      endLine()
      let mark = claim.holds ? terminal.styled("✓", .green) : terminal.styled("✗", .red)
      let detail = claim.detail.isEmpty ? "" : terminal.styled("  (\(claim.detail))", .dim)
      StandardOutput.write("\(mark) \(claim.text)\(detail)\n")
    case .progress(let progress):
      let percent = progress.total > 0 ? progress.completed * 100 / progress.total : 0
      status.show("\(progress.label) \(percent) %")
    case .cellEnded:
      status.clear()
      endLine()
    }
  }

  func finish() {
    status.clear()
    endLine()
  }

  /// The cell's name stands above its output, once, and only where there is output.
  private func beginOutput() {
    status.clear()
    guard !hasHeading else { return }
    hasHeading = true
    let name = "── \(lesson.cells[cell].name) "
    let rule = String(repeating: "─", count: max(2, min(terminal.columns, 80) - name.count))
    StandardOutput.write(terminal.styled(name + rule, .dim) + "\n")
  }

  private func endLine() {
    if !endsLine { StandardOutput.write("\n") }
    endsLine = true
  }

  private func draw(_ kind: String, _ payload: [UInt8]) {
    let shown = lesson.cells[cell]
    guard kind == Figure.wireKind, let figure = try? decode(payload) else {
      StandardOutput.write("[a value of the kind '\(kind)', \(payload.count) bytes]\n")
      return
    }
    let color: TerminalColors =
      switch terminal.color {
      case .none: .none
      case .ansi256: .palette256
      case .truecolor: .trueColor
      }
    let columns = min(terminal.columns, 120)
    let picture = images.picture(of: figure, columns: columns)
    StandardOutput.write(picture ?? TerminalRenderer.render(figure, columns: columns, color: color))
    if let caption = shown.options.caption {
      for line in Columns.wrapped(caption, to: min(terminal.columns, 100)) {
        StandardOutput.write(terminal.styled(line, .dim) + "\n")
      }
    }
    do throws(Diagnostic) {
      if let path = try files?.save(figure, of: shown) { StandardOutput.write("saved as \(path)\n") }
    } catch {
      diagnostics.append(error)
    }
  }

  private func decode(_ payload: [UInt8]) throws(WireError) -> Figure {
    var reader = WireReader(payload)
    let figure: Figure = try reader.read()
    try reader.finish()
    return figure
  }
}
