extension Tensor {
  /// Images turned counterclockwise by quarters: `[batch, height, width, channels]` to the same shape, or with height
  /// and width exchanged where the number of turns is odd.
  ///
  /// The pixels are moved, none is interpolated: four turns give the same bits again. Any whole number of turns will
  /// do, also a negative one (clockwise). Traps unless the tensor has four axes.
  public func rotated(quarterTurns: Int) -> Tensor {
    if rank != 4 {
      trap("rotated", "needs images [batch, height, width, channels], got the shape " + describe(shape))
    }
    let (height, width, channels) = (shape[1], shape[2], shape[3])
    // What pixel (i, j) of the result reads: `first + i down + j right` in the image, counted in pixels.
    let first: Int
    let down: Int
    let right: Int
    switch quarterTurns & 3 {
    case 0: return self
    case 1: (first, down, right) = (width - 1, -1, width)
    case 2: (first, down, right) = (height * width - 1, -width, -1)
    default: (first, down, right) = ((height - 1) * width, 1, -width)
    }
    let isOdd = quarterTurns & 1 == 1
    let (rows, columns) = isOdd ? (width, height) : (height, width)
    let result = Tensor(uninitialized: [shape[0], rows, columns, channels])
    let image = height * width * channels
    let source = base
    let destination = result.storage.base
    for n in 0..<shape[0] {
      for i in 0..<rows {
        let line = source + n * image + (first + i * down) * channels
        let target = destination + n * image + i * columns * channels
        if channels == 1 {
          for j in 0..<columns { target[j] = line[j * right] }
        } else {
          for j in 0..<columns {
            (target + j * channels).update(from: line + j * right * channels, count: channels)
          }
        }
      }
    }
    return result
  }
}
