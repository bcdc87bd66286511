/// A value that a lesson can show: its bytes cross the wire under a name by which the document side knows how to draw
/// them.
public protocol Showable: WireCodable {
  /// A stable name, such as `figure`.
  static var wireKind: String { get }
}
