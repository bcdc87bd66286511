package import Markup

/// A figure as a page holds it.
package struct RenderedFigure: Equatable, Sendable {
  /// An `<svg>` element (or HTML, for a table) that follows the page's theme.
  package var content: Node
  /// The numbers behind it; nil where there are none to give.
  package var csv: String?
  /// The drawing as an SVG document that needs no page; nil for what is no drawing.
  package var document: String?

  package init(content: Node, csv: String?, document: String? = nil) {
    self.content = content
    self.csv = csv
    self.document = document
  }
}

/// Draws the values that a lesson shows.
package struct ShownValueRenderer: Sendable {
  package struct Failure: Error, Equatable {
    package var message: String

    package init(_ message: String) { self.message = message }
  }

  package struct Request: Sendable {
    /// What `CellOutput.shown` says.
    package var kind: String
    package var payload: [UInt8]
    /// Unique in the page; every id in the drawing begins with it.
    package var identifier: String
    /// What the drawing shows, for those who do not see it.
    package var alternative: String
  }

  private let body: @Sendable (Request) throws(Failure) -> RenderedFigure

  package init(_ body: @escaping @Sendable (Request) throws(Failure) -> RenderedFigure) { self.body = body }

  package func draw(_ request: Request) throws(Failure) -> RenderedFigure { try body(request) }
}
