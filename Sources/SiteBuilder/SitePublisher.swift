package import Foundation
package import Lessons
package import SnippetRunner

/// The last stages of a build: colours the lessons' code, renders the site, and puts it into its folder.
///
/// One mistake anywhere keeps the old site: a site is replaced only by one in which every lesson built, ran and rendered,
/// so what readers see never mixes old pages with new ones, and never shows a page that failed. All other lessons are
/// built and checked all the same, so that one build reports every mistake.
package struct SitePublisher: Sendable {
  /// What became of a lesson before this stage.
  package enum Outcome: Sendable {
    case ran(Lesson, LessonRun)
    /// It did not parse, compile, run, or hold; its own diagnostics were reported already.
    case failed
  }

  package struct Report: Sendable {
    /// Errors and warnings of colouring, rendering and writing.
    package var diagnostics: [Diagnostic]
    /// How many pages of lessons were rendered.
    package var pages: Int
    /// Whether the folder now holds this build.
    package var isWritten: Bool
  }

  private let highlighter: SyntaxHighlighter
  private let renderer: SiteRenderer

  package init(highlighter: SyntaxHighlighter, renderer: SiteRenderer) {
    self.highlighter = highlighter
    self.renderer = renderer
  }

  /// - Parameter folder: the site's folder; nil renders and checks without writing.
  package func publish(_ outcomes: [Outcome], to folder: URL?) -> Report {
    var materials: [LessonMaterial] = []
    var warnings: [Diagnostic] = []
    var anyFailed = false
    for outcome in outcomes {
      switch outcome {
      case .failed: anyFailed = true
      case .ran(let lesson, let run):
        let highlighting = highlighter.highlight(lesson)
        warnings += highlighting.warnings
        materials.append(LessonMaterial(lesson: lesson, run: run, tokens: highlighting.tokens))
      }
    }
    let site = renderer.render(materials)
    var report = Report(diagnostics: warnings + site.diagnostics, pages: materials.count, isWritten: false)
    guard let folder, site.isComplete, !anyFailed else { return report }
    do throws(Diagnostic) {
      try SiteWriter(folder: folder).write(site.files)
      report.isWritten = true
    } catch {
      report.diagnostics.append(error)
    }
    return report
  }
}
