import TensorCore

/// Prints the speed of single operations.
func kernels() {
  var random = RandomGenerator(seed: 1)
  for (m, k, n, a, b) in [
    (256, 128, 128, false, false), (128, 784, 256, false, false), (128, 256, 784, false, false),
    (128, 784, 256, false, true), (784, 128, 256, true, false), (256, 128, 784, true, false),
    (128, 256, 32, false, false), (256, 128, 32, true, false), (256, 128, 2, false, false),
    (1024, 1024, 1024, false, false),
    (1, 784, 256, false, false),
  ] {
    let left = random.normal(shape: a ? [k, m] : [m, k])
    let right = random.normal(shape: b ? [n, k] : [k, n])
    let operations = 2 * Double(m * n * k)
    let time = Timing(calls: max(1, Int(2e8 / operations))) {
      _ = matmul(left, right, transposeA: a, transposeB: b)
    }
    print(
      pad("matmul \(m)x\(k)x\(n)" + (a ? " A'" : "") + (b ? " B'" : ""), 30), pad(rounded(time.minimum), 10),
      rounded(operations / time.minimum / 1000), "GFLOP/s")
  }
  let x = random.normal(shape: [98_304])
  let y = random.normal(shape: [98_304])
  func report(_ name: String, _ body: () -> Void) {
    let time = Timing(calls: 50, body)
    print(pad(name + " of 98,304", 30), pad(rounded(time.minimum), 10), rounded(98.304 / time.minimum, 2), "G/s")
  }
  report("x + y") { _ = x + y }
  report("silu") { _ = silu(x) }
  report("exp") { _ = exp(x) }
  report("tanh") { _ = tanh(x) }
  report("sin") { _ = sin(x) }
  report("erf") { _ = erf(x) }
  report("log") { _ = log(abs(x)) }
  report("squareRoot") { _ = y.squareRoot() }
  report("sum") { _ = x.sum() }
  report("normal") { _ = random.normal(shape: [98_304]) }
  report("uniform") { _ = random.uniform(shape: [98_304]) }
  let matrix = x.reshaped(to: [128, 768])
  report("sum axis 0") { _ = matrix.sum(axis: 0) }
  report("sum axis 1") { _ = matrix.sum(axis: 1) }
  report("transposed") { _ = matrix.transposed() }
  report("softmax") { _ = matrix.softmax() }
  let row = random.normal(shape: [768])
  report("matrix + row") { _ = matrix + row }
  var (p, m, v) = (random.normal(shape: [420_000]), Tensor(zeros: [420_000]), Tensor(zeros: [420_000]))
  let g = random.normal(shape: [420_000])
  var step = 0
  let time = Timing(calls: 20) {
    step += 1
    adamStep(parameters: &p, gradients: g, firstMoment: &m, secondMoment: &v, step: step, constants: AdamConstants())
  }
  print(pad("adam of 420,000", 30), rounded(time.minimum))
}
