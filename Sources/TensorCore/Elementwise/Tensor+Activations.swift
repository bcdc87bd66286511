extension Activation {
  /// The function applied to each scalar.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .identity: x
    case .relu: x.mapped(ReluKernel().value)
    case .leakyRelu(let slope): x.mapped(LeakyReluKernel(slope: slope).value)
    case .silu: x.mapped(SiluKernel().value)
    case .tanh: x.mapped(TanhKernel().value)
    case .sigmoid: x.mapped(SigmoidKernel().value)
    case .gelu: x.mapped(GeluKernel().value)
    case .softplus: x.mapped(SoftplusKernel().value)
    }
  }

  /// The gradient with respect to the input: `upstream * f'(input)`. `input` may be left out (given as the output)
  /// where `derivativeNeedsInput` is false. The three shapes must be equal.
  public func gradient(upstream: Tensor, input: Tensor, output: Tensor) -> Tensor {
    upstream.requireSameShape(output, "Activation.gradient")
    upstream.requireSameShape(input, "Activation.gradient")
    switch self {
    case .identity: return upstream
    case .relu: return pull(ReluKernel(), upstream, input, output)
    case .leakyRelu(let slope): return pull(LeakyReluKernel(slope: slope), upstream, input, output)
    case .silu: return pull(SiluKernel(), upstream, input, output)
    case .tanh: return pull(TanhKernel(), upstream, input, output)
    case .sigmoid: return pull(SigmoidKernel(), upstream, input, output)
    case .gelu: return pull(GeluKernel(), upstream, input, output)
    case .softplus: return pull(SoftplusKernel(), upstream, input, output)
    }
  }

  @inline(__always)
  private func pull(_ kernel: some ActivationKernel, _ upstream: Tensor, _ input: Tensor, _ output: Tensor) -> Tensor {
    let result = Tensor(uninitialized: upstream.shape)
    let destination = result.storage.base
    let (u, x, y) = (upstream.base, input.base, output.base)
    forEachVectorChunk(result.count) { pullBack(kernel, $0, u, x, y, into: destination) }
    return result
  }
}

/// `upstream * f'` of a range. A function of its own: inside of a closure the optimizer leaves the vectors' operations as
/// calls.
@inline(never)
private func pullBack(
  _ kernel: some ActivationKernel, _ range: Range<Int>, _ upstream: UnsafePointer<Float>,
  _ input: UnsafePointer<Float>, _ output: UnsafePointer<Float>, into destination: UnsafeMutablePointer<Float>
) {
  var index = range.lowerBound
  while index < range.upperBound {
    let slope = kernel.derivative(input: Vector(at: input + index), value: Vector(at: output + index))
    (Vector(at: upstream + index) * slope).store(at: destination + index)
    index += 16
  }
}

/// `max(0, x)`.
public func relu(_ x: Tensor) -> Tensor { Activation.relu(x) }

/// `x` above 0, `slope * x` below.
public func leakyRelu(_ x: Tensor, slope: Float = 0.01) -> Tensor { Activation.leakyRelu(slope: slope)(x) }

/// `x * sigmoid(x)`.
public func silu(_ x: Tensor) -> Tensor { Activation.silu(x) }

/// Hyperbolic tangents. Error below 3 ULP.
public func tanh(_ x: Tensor) -> Tensor { Activation.tanh(x) }

/// `1 / (1 + e^-x)`. Error below 3 ULP.
public func sigmoid(_ x: Tensor) -> Tensor { Activation.sigmoid(x) }

/// `x * (1 + erf(x / sqrt 2)) / 2`.
public func gelu(_ x: Tensor) -> Tensor { Activation.gelu(x) }

/// `log(1 + e^x)`, without overflow.
public func softplus(_ x: Tensor) -> Tensor { Activation.softplus(x) }
