internal import FigureRendering
internal import Figures
internal import Foundation
internal import Lessons

/// Keeps the figures of a run as SVG files, named after their cells.
struct FigureFiles {
  private let folder: URL
  private var counts: [String: Int] = [:]

  init(folder: String) throws(Diagnostic) {
    self.folder = URL(filePath: folder)
    do {
      try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    } catch {
      throw Self.failure("the folder '\(folder)' cannot be made", error)
    }
  }

  /// Writes one figure; a cell's second one gets `-2` behind its name. Returns where it is.
  mutating func save(_ figure: Figure, of cell: Cell) throws(Diagnostic) -> String {
    let count = counts[cell.name, default: 0] + 1
    counts[cell.name] = count
    let name = count == 1 ? cell.name : "\(cell.name)-\(count)"
    let file = folder.appending(path: "\(name).svg")
    let text = SVGRenderer.document(figure, title: cell.options.alt ?? cell.name)
    do {
      try Data(text.utf8).write(to: file, options: .atomic)
    } catch {
      throw Self.failure("the figure '\(file.relativePath)' cannot be written", error)
    }
    return file.relativePath
  }

  private static func failure(_ summary: String, _ error: any Error) -> Diagnostic {
    Diagnostic(
      stage: .environment, identifier: "figure-not-saved", summary: summary,
      remedy: "Choose another folder for --figures: \(error.localizedDescription)")
  }
}
