internal import CKernels

/// Reports a programmer's mistake on standard error and stops the process.
///
/// `precondition` loses its text under `-O`, so that a shape mismatch would end in a bare "Illegal instruction".
/// This function writes `operation: message`, unbuffered, and then stops on an illegal instruction, which makes
/// Swift's backtracer show where it came from.
///
/// - Parameters:
///   - operation: the operation that was asked for, as the caller knows it: `matmul`.
///   - message: what is wrong, with the shapes that are at odds.
@inline(never)
public func trap(_ operation: String, _ message: String) -> Never {
  var text = "Fatal error: " + operation + ": " + message + "\n"
  text.withUTF8 { bytes in
    if let base = bytes.baseAddress { wt_write_error(base, bytes.count) }
  }
  wt_stop()
}

/// `[2, 3]`, for messages. String interpolation of an array would need reflection.
package func describe(_ shape: [Int]) -> String {
  var text = "["
  for (index, extent) in shape.enumerated() {
    if index > 0 { text += ", " }
    text += String(extent)
  }
  return text + "]"
}
