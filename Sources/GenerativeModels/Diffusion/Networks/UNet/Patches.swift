internal import Autodiff

extension Variable {
  /// Every square of `size` x `size` pixels as the channels of one place, its pixels from the top left row by row:
  /// `[n, height, width, c]` to `[n, height / size, width / size, size^2 c]`.
  func foldingPatches(_ size: Int) -> Variable {
    if size == 1 { return self }
    let (count, rows, columns, channels) = (shape[0], shape[1] / size, shape[2] / size, shape[3])
    return reshaped(to: [count, rows, size, columns, size, channels]).permuted([0, 1, 3, 2, 4, 5])
      .reshaped(to: [count, rows, columns, size * size * channels])
  }

  /// The way back: `[n, rows, columns, size^2 c]` to `[n, size rows, size columns, c]`.
  func unfoldingPatches(_ size: Int) -> Variable {
    if size == 1 { return self }
    let (count, rows, columns, channels) = (shape[0], shape[1], shape[2], shape[3] / (size * size))
    return reshaped(to: [count, rows, columns, size, size, channels]).permuted([0, 1, 3, 2, 4, 5])
      .reshaped(to: [count, rows * size, columns * size, channels])
  }
}
