internal import Lessons

/// Warns of imports whose mathematics differs from machine to machine.
struct ReproducibleImports {
  func warnings(for lesson: Lesson) -> [Diagnostic] {
    lesson.cells.filter { !$0.options.ignore }.flatMap { cell -> [Diagnostic] in
      let words = CodeScanner.words(of: cell)
      return zip(words, words.dropFirst()).compactMap { keyword, module in
        guard keyword.text == "import", keyword.depth == 0,
          ["Foundation", "Glibc", "FoundationEssentials"].contains(module.text)
        else { return nil }
        return Diagnostic(
          severity: .warning, stage: .compile, identifier: "unreproducible-import",
          summary: "\(module.text)'s mathematics gives other bits on other machines",
          location: LessonPlaces(lesson: lesson).location(line: module.position.line, column: module.position.column),
          remedy: "Use what LessonKit offers: exp, log, sin, cos, tanh and more, the same to the bit everywhere.")
      }
    }
  }
}
