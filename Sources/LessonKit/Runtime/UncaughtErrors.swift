internal import CLessonRuntime
internal import SnippetProtocol

/// Called through C, in place of the standard library's `swift_errorInMain`, when an error leaves the top level. The
/// standard library would trap and name a place in itself; this reports the error in its own words, with the stack of
/// its throw.
@_cdecl("walkthrough_error_left_program")
func errorLeftProgram(_ box: UnsafeRawPointer) {
  let error = unsafeBitCast(box, to: (any Error).self)
  let typeName = String(describing: type(of: error))
  let message = String(describing: error)
  guard Channel.isOpen else {
    printError("Error: \(message)\n")
    walkthrough_leave(1)
  }
  var frames = [Int64](repeating: 0, count: Int(walkthrough_max_frames))
  let count = frames.withUnsafeMutableBufferPointer { buffer in
    buffer.baseAddress.map { walkthrough_frames_of_throw(box, $0) } ?? 0
  }
  Channel.send(
    .uncaught(UncaughtError(typeName: typeName, message: message, frames: frames.prefix(count).map(Int.init))))
  walkthrough_leave(1)
}
