import TensorCore

/// Prints the speed of 3 x 3 convolutions at batch 64, as `Benchmarks/convolution.py` does for PyTorch.
func convolutions() {
  var random = RandomGenerator(seed: 1)
  for (extent, inputs, outputs) in [(28, 1, 32), (28, 32, 32), (28, 64, 64), (28, 64, 1), (14, 64, 64), (7, 64, 64)] {
    let input = random.normal(shape: [64, extent, extent, inputs])
    let weight = random.normal(shape: [3, 3, inputs, outputs], standardDeviation: 0.1)
    let upstream = random.normal(shape: [64, extent, extent, outputs])
    let operations = 2.0 * 64 * 9 * Double(extent * extent * inputs * outputs)
    func report(_ name: String, _ body: () -> Void) {
      body()
      let time = Timing(blocks: 20, calls: 1, body)
      print(
        pad("\(name) \(extent)x\(extent) \(inputs)->\(outputs)", 30), pad(rounded(time.minimum), 10), "us",
        rounded(operations / time.minimum / 1000), "GFLOP/s")
    }
    report("forward") { _ = conv2d(input: input, weight: weight, padding: 1) }
    report("input gradient") {
      _ = conv2dInputGradient(upstream: upstream, weight: weight, inputShape: input.shape, padding: 1)
    }
    report("weight gradient") {
      _ = conv2dWeightGradient(upstream: upstream, input: input, kernelHeight: 3, kernelWidth: 3, padding: 1)
    }
  }
}
