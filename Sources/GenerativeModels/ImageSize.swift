internal import TensorCore

/// The size of images `[n, h, w, c]`, or of grey square ones as rows `[n, h * h]`; traps on anything else in the name of
/// who asks.
func imageSize(of shape: [Int], in asker: String) -> (height: Int, width: Int, channels: Int) {
  if shape.count == 4 { return (shape[1], shape[2], shape[3]) }
  if shape.count == 2 {
    let side = Int(Double(shape[1]).squareRoot())
    if side * side == shape[1] { return (side, side, 1) }
  }
  trap(
    asker,
    "needs images [n, h, w, c], or rows [n, h * h] of square grey ones, not " + describe(shape)
      + "; reshape them to [n, h, w, c] first")
}
