#if !hasFeature(Embedded)
  extension Tensor: CustomStringConvertible {
    /// Nested brackets for small tensors; large ones show their first and last three entries along each axis.
    public var description: String {
      var text = ""
      appendDescription(axis: 0, offset: 0, to: &text)
      return text
    }

    private func appendDescription(axis: Int, offset: Int, to text: inout String) {
      guard axis < rank else {
        text += withUnsafeScalars { String($0[offset]) }
        return
      }
      let extent = shape[axis]
      let stride = shape[(axis + 1)...].reduce(1, *)
      let shortened = count > 1000 && extent > 6
      text += "["
      for index in 0..<extent {
        if shortened && index >= 3 && index < extent - 3 {
          if index == 3 { text += axis == rank - 1 ? ", ..." : ",\n" + String(repeating: " ", count: axis + 1) + "..." }
          continue
        }
        if index > 0 { text += axis == rank - 1 ? ", " : ",\n" + String(repeating: " ", count: axis + 1) }
        appendDescription(axis: axis + 1, offset: offset + index * stride, to: &text)
      }
      text += "]"
    }
  }
#endif
