import TensorCore

/// One convolution of the image tasks; a transposed one is given by the convolution whose adjoint it is.
struct ConvolutionCase {
  var extent: Int
  var inputs: Int
  var outputs: Int
  var kernel: Int
  var stride: Int

  /// The layers of the diffusion model (3 x 3) and of the adversarial one (4 x 4, stride 2), padding 1.
  static let all = [
    ConvolutionCase(extent: 28, inputs: 1, outputs: 32, kernel: 3, stride: 1),
    ConvolutionCase(extent: 28, inputs: 32, outputs: 64, kernel: 3, stride: 2),
    ConvolutionCase(extent: 14, inputs: 64, outputs: 64, kernel: 3, stride: 1),
    ConvolutionCase(extent: 28, inputs: 64, outputs: 32, kernel: 3, stride: 1),
    ConvolutionCase(extent: 28, inputs: 32, outputs: 1, kernel: 3, stride: 1),
    ConvolutionCase(extent: 28, inputs: 1, outputs: 32, kernel: 4, stride: 2),
    ConvolutionCase(extent: 14, inputs: 32, outputs: 64, kernel: 4, stride: 2),
  ]
}

/// Prints the speed of convolutions at batch 64, as `Benchmarks/convolution.py` does for PyTorch.
func convolutions() {
  var random = RandomGenerator(seed: 1)
  for c in ConvolutionCase.all {
    let input = random.normal(shape: [64, c.extent, c.extent, c.inputs])
    let weight = random.normal(shape: [c.kernel, c.kernel, c.inputs, c.outputs], standardDeviation: 0.1)
    let result = conv2d(input: input, weight: weight, stride: c.stride, padding: 1).output.shape
    let upstream = random.normal(shape: result)
    let operations = 2.0 * Double(result.reduce(1, *) * c.kernel * c.kernel * c.inputs)
    func report(_ name: String, _ body: () -> Void) {
      body()
      let time = Timing(blocks: 25, calls: 1, body)
      print(
        pad("\(name) \(c.extent)x\(c.extent) \(c.inputs)->\(c.outputs) \(c.kernel)x\(c.kernel)/\(c.stride)", 40),
        pad(rounded(time.minimum), 10), "us",
        rounded(operations / time.minimum / 1000), "GFLOP/s")
    }
    report("forward") { _ = conv2d(input: input, weight: weight, stride: c.stride, padding: 1) }
    report("input gradient") {
      _ = conv2dInputGradient(
        upstream: upstream, weight: weight, inputShape: input.shape, stride: c.stride, padding: 1)
    }
    report("weight gradient") {
      _ = conv2dWeightGradient(
        upstream: upstream, input: input, kernelHeight: c.kernel, kernelWidth: c.kernel, stride: c.stride, padding: 1)
    }
  }
}
