internal import FigureRendering
internal import Figures
internal import SnippetProtocol

extension ShownValueRenderer {
  /// Draws the figures of `Figures`, the only values that lessons show.
  package static let figures = ShownValueRenderer { request throws(Failure) in
    guard request.kind == Figure.wireKind else { throw Failure("nothing is known of the kind \"\(request.kind)\"") }
    let figure: Figure
    do throws(WireError) {
      var reader = WireReader(request.payload)
      figure = try reader.read()
      try reader.finish()
    } catch {
      throw Failure("its bytes are not a figure (\(error))")
    }
    return RenderedFigure(
      content: SVGRenderer.render(figure, id: request.identifier, title: request.alternative),
      csv: CSVRenderer.csv(figure), document: document(figure, request))
  }

  private static func document(_ figure: Figure, _ request: Request) -> String? {
    switch figure {
    case .plot, .images, .smallMultiples: SVGRenderer.document(figure, title: request.alternative)
    case .table, .frames: nil
    }
  }
}
