import TensorCore
import Testing

/// Expects every number to agree with PyTorch's to 1e-5 of the largest magnitude among them.
func expectClose(
  _ found: Tensor, _ expected: [Float], relative: Float = 1e-5, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == expected.count, "\(what)", sourceLocation: sourceLocation)
  let scale = expected.reduce(1e-30) { max($0, $1.magnitude) }
  for (index, (value, wanted)) in zip(found.scalars, expected).enumerated()
  where !((value - wanted).magnitude <= relative * scale) {
    Issue.record("\(what) entry \(index): \(value), expected \(wanted)", sourceLocation: sourceLocation)
  }
}

/// PyTorch stores weights as `[out, in]`.
func fromPyTorch(_ weight: some Collection<Float>, outputs: Int, inputs: Int) -> Tensor {
  Tensor(Array(weight), shape: [outputs, inputs]).transposed()
}
