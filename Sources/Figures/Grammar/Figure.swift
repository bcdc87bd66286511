/// A figure as a value: what is shown, and nothing about how it is drawn.
///
/// A lesson makes figures from its numbers; they cross to the document's side as bytes and are drawn there as SVG, as
/// Unicode in a terminal, as PNG, or listed as CSV. Values that are not finite, or beyond ±1e100, are missing values:
/// they break a line and leave out a point or a bar.
public enum Figure: Equatable, Sendable {
  case plot(Plot)
  case images(ImageGrid)
  case table(Table)
  case smallMultiples(SmallMultiples)
  case frames(Frames)

  /// The name of this encoding on the channel from a running lesson.
  public static let wireKind = "figure"
}

/// What can be shown as a figure.
public protocol FigureConvertible {
  var figure: Figure { get }
}

extension Figure: FigureConvertible {
  public var figure: Figure { self }
}

extension Plot: FigureConvertible {
  public var figure: Figure { .plot(self) }
}

extension ImageGrid: FigureConvertible {
  public var figure: Figure { .images(self) }
}

extension Table: FigureConvertible {
  public var figure: Figure { .table(self) }
}

extension SmallMultiples: FigureConvertible {
  public var figure: Figure { .smallMultiples(self) }
}

extension Frames: FigureConvertible {
  public var figure: Figure { .frames(self) }
}
