extension Tensor {
  /// The means over windows of `window` by `window` pixels, `stride` apart (by default the window's extent).
  ///
  /// `[batch, height, width, channels]` becomes `[batch, (height - window) / stride + 1, ..., channels]`. Each mean
  /// adds the window's pixels row by row and then multiplies by `1 / window^2`. Traps when the window does not fit.
  public func averagePooled(window: Int, stride: Int? = nil) -> Tensor {
    pooledSums(window: window, stride: stride ?? window, "averagePooled") * (1 / Float(window * window))
  }

  /// The adjoint of ``averagePooled(window:stride:)``: each mean's gradient goes to its window's pixels in equal parts.
  ///
  /// - Parameter inputShape: the shape of what was pooled.
  public func averagePooledAdjoint(inputShape: [Int], window: Int, stride: Int? = nil) -> Tensor {
    let grid = PoolingGrid("averagePooledAdjoint", inputShape, window: window, stride: stride ?? window)
    if shape != grid.outputShape {
      trap(
        "averagePooledAdjoint",
        describe(shape) + " is not the shape " + describe(grid.outputShape) + " of the means of " + describe(inputShape)
      )
    }
    let scaled = self * (1 / Float(window * window))
    var result = Tensor(zeros: inputShape)
    let (source, target) = (scaled.base, result.uniqueBase())
    let (channels, width) = (grid.channels, grid.width)
    // Windows may overlap: an image belongs to one task, which adds them in order.
    forEachImageRow(grid.batch, rowScalars: grid.height * width * channels) { image in
      grid.forEachWindow(of: image) { output, first in
        for y in 0..<window {
          let row = target + first + y * width * channels
          for x in 0..<window {
            for channel in 0..<channels { row[x * channels + channel] += source[output + channel] }
          }
        }
      }
    }
    return withExtendedLifetime(scaled) { result }
  }

  func pooledSums(window: Int, stride: Int, _ operation: String) -> Tensor {
    let grid = PoolingGrid(operation, shape, window: window, stride: stride)
    let result = Tensor(uninitialized: grid.outputShape)
    let (source, target) = (base, result.storage.base)
    let (channels, width) = (grid.channels, grid.width)
    forEachImageRow(grid.batch, rowScalars: grid.height * width * channels) { image in
      grid.forEachWindow(of: image) { output, first in
        var channel = 0
        while channel < channels {
          var sum = Vector.splat(0)
          for y in 0..<window {
            for x in 0..<window { sum += Vector(at: source + first + (y * width + x) * channels + channel) }
          }
          sum.store(first: channels - channel, at: target + output + channel)
          channel += 16
        }
      }
    }
    return withExtendedLifetime(self) { result }
  }
}

/// Where the windows of a pooling operation lie.
struct PoolingGrid {
  var batch: Int
  var height: Int
  var width: Int
  var channels: Int
  var stride: Int
  var outputShape: [Int]

  /// Traps, in the name of `operation`, unless `input` is of images that the window fits into.
  init(_ operation: String, _ input: [Int], window: Int, stride: Int) {
    if input.count != 4 { trap(operation, "needs images [batch, height, width, channels], got " + describe(input)) }
    if window < 1 || stride < 1 || input[1] < window || input[2] < window {
      trap(
        operation,
        "cannot use a window of extent " + String(window) + " and the stride " + String(stride) + " on the shape "
          + describe(input))
    }
    (batch, height, width, channels) = (input[0], input[1], input[2], input[3])
    self.stride = stride
    outputShape = [batch, (height - window) / stride + 1, (width - window) / stride + 1, channels]
  }

  /// Calls `body` with the offset of each output pixel of an image and that of its window's first pixel.
  @inline(__always)
  func forEachWindow(of image: Int, _ body: (_ output: Int, _ first: Int) -> Void) {
    for y in 0..<outputShape[1] {
      for x in 0..<outputShape[2] {
        body(
          ((image * outputShape[1] + y) * outputShape[2] + x) * channels,
          ((image * height + y * stride) * width + x * stride) * channels)
      }
    }
  }
}
