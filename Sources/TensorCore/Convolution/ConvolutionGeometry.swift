/// The extents of a 2-D convolution, checked.
struct ConvolutionGeometry {
  var batch: Int
  /// The input's height and width.
  var height: Int
  var width: Int
  var inputChannels: Int
  var kernelHeight: Int
  var kernelWidth: Int
  var outputChannels: Int
  var stride: Int
  var padding: Int
  /// `(height + 2 padding - kernelHeight) / stride + 1`, rounded down, and likewise the width.
  var outputHeight: Int
  var outputWidth: Int

  var inputShape: [Int] { [batch, height, width, inputChannels] }
  var outputShape: [Int] { [batch, outputHeight, outputWidth, outputChannels] }
  var weightShape: [Int] { [kernelHeight, kernelWidth, inputChannels, outputChannels] }

  /// Traps, in the name of `operation`, unless the shapes are `[batch, height, width, in]` and
  /// `[kernelHeight, kernelWidth, in, out]` and the kernel fits into the padded input.
  init(_ operation: String, input: [Int], weight: [Int], stride: Int, padding: Int) {
    func texts() -> String { "the input " + describe(input) + " and the weight " + describe(weight) }
    if input.count != 4 || weight.count != 4 {
      trap(operation, "needs an input [batch, height, width, in] and a weight [height, width, in, out], got " + texts())
    }
    if input[3] != weight[2] { trap(operation, "the channels differ: " + texts()) }
    if stride < 1 || padding < 0 {
      trap(operation, "cannot use the stride " + String(stride) + " with the padding " + String(padding))
    }
    let rows = input[1] + 2 * padding - weight[0]
    let columns = input[2] + 2 * padding - weight[1]
    if weight[0] < 1 || weight[1] < 1 || rows < 0 || columns < 0 {
      trap(operation, "the kernel does not fit into the padding " + String(padding) + " around it: " + texts())
    }
    batch = input[0]
    height = input[1]
    width = input[2]
    inputChannels = input[3]
    kernelHeight = weight[0]
    kernelWidth = weight[1]
    outputChannels = weight[3]
    self.stride = stride
    self.padding = padding
    outputHeight = rows / stride + 1
    outputWidth = columns / stride + 1
  }

  /// Traps unless `shape` is the output's.
  func requireOutput(_ shape: [Int], _ operation: String) {
    if shape != outputShape {
      trap(
        operation,
        "the upstream gradient " + describe(shape) + " is not of the output's shape " + describe(outputShape)
          + ", of the input " + describe(inputShape) + " and the weight " + describe(weightShape))
    }
  }

  /// Multiply-adds of any of the three passes, roughly.
  var work: Int { outputShape.product * kernelHeight * kernelWidth * inputChannels }
}

/// Work below this many multiply-adds stays on the calling core.
private let parallelConvolution = 1 << 18

/// Calls `body` for bands of rows of every image, on several threads where the work is worth it.
///
/// - Parameters:
///   - rowScalars: the scalars a row's band copies, which should stay in a core's own cache.
///   - work: the multiply-adds in all.
///   - scratch: the scalars of scratch memory that a band of so many rows needs.
@inline(__always)
func forEachBand(
  images: Int, rows: Int, rowScalars: Int, work: Int, scratch: (_ rows: Int) -> Int,
  _ body: (_ image: Int, _ rows: Range<Int>, _ scratch: UnsafeMutablePointer<Float>) -> Void
) {
  if images == 0 || rows == 0 { return }
  let cached = Swift.max(4, 65_536 / Swift.max(1, rowScalars))
  let wanted = Swift.max((rows + cached - 1) / cached, (8 + images - 1) / images)
  let height = Swift.max(Swift.min(rows, 2), (rows + wanted - 1) / wanted)
  let bands = (rows + height - 1) / height
  func task(_ index: Int, _ scratch: UnsafeMutablePointer<Float>) {
    let (image, band) = index.quotientAndRemainder(dividingBy: bands)
    body(image, band * height..<Swift.min(rows, (band + 1) * height), scratch)
  }
  let scalars = scratch(height)
  if work < parallelConvolution {
    let memory = TensorStorage(holding: scalars)
    for index in 0..<images * bands { task(index, memory.base) }
    withExtendedLifetime(memory) {}
  } else {
    parallelFor(images * bands, scratch: scalars, task)
  }
}
