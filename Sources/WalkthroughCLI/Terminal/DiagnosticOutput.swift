internal import Foundation
internal import Lessons

/// Writes mistakes to standard error, in the order in which they were found.
struct DiagnosticOutput {
  private let renderer: DiagnosticRenderer

  init(terminal: Terminal) {
    renderer = DiagnosticRenderer(usesColor: terminal.color != .none, width: max(terminal.columns, 40))
  }

  func write(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      StandardOutput.write(renderer.render(diagnostic) + "\n", to: STDERR_FILENO)
    }
  }
}
