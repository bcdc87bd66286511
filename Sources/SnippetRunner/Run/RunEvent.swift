package import SnippetProtocol

/// What happens while a lesson runs, for whoever watches.
package enum RunEvent: Equatable, Sendable {
  case cellBegan(index: Int)
  /// Text as it comes; a character may be split between two events.
  case text(CellOutput.Stream, [UInt8])
  case shown(kind: String, payload: [UInt8])
  case claim(Claim)
  case progress(Progress)
  case cellEnded(index: Int, seconds: Double)
}
