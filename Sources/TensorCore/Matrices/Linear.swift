/// What a dense layer computed, and what its backward pass needs.
public struct LinearResult: Sendable {
  /// `activation(input weight + bias)`, `[batch, out]`.
  public var output: Tensor
  /// The activation's input, kept only where its derivative needs it (see ``Activation/derivativeNeedsInput``).
  public var preactivation: Tensor?
}

/// A dense layer: `activation(input weight + bias)`.
///
/// The bias and the activation are applied to each tile of the product while it is still in the nearest cache. The
/// chain of each element starts from 0; the bias is added last. Traps when the shapes do not fit.
///
/// - Parameters:
///   - input: `[batch, in]`.
///   - weight: `[in, out]`.
///   - bias: `[out]`, or none.
public func linear(
  input: Tensor, weight: Tensor, bias: Tensor? = nil, activation: Activation = .identity
) -> LinearResult {
  if input.rank != 2 || weight.rank != 2 || input.shape[1] != weight.shape[0] {
    trap("linear", "the input " + describe(input.shape) + " does not fit the weight " + describe(weight.shape))
  }
  if let bias, bias.shape != [weight.shape[1]] {
    trap("linear", "the bias " + describe(bias.shape) + " does not fit the weight " + describe(weight.shape))
  }
  if bias == nil && activation == .identity {
    return LinearResult(output: matmul(input, weight), preactivation: nil)
  }
  switch activation {
  case .identity: return apply(IdentityKernel(), activation, input, weight, bias)
  case .relu: return apply(ReluKernel(), activation, input, weight, bias)
  case .leakyRelu(let slope): return apply(LeakyReluKernel(slope: slope), activation, input, weight, bias)
  case .silu: return apply(SiluKernel(), activation, input, weight, bias)
  case .tanh: return apply(TanhKernel(), activation, input, weight, bias)
  case .sigmoid: return apply(SigmoidKernel(), activation, input, weight, bias)
  case .gelu: return apply(GeluKernel(), activation, input, weight, bias)
  case .softplus: return apply(SoftplusKernel(), activation, input, weight, bias)
  }
}

@inline(__always)
private func apply(
  _ kernel: some ActivationKernel, _ activation: Activation, _ input: Tensor, _ weight: Tensor, _ bias: Tensor?
) -> LinearResult {
  let (m, k, n) = (input.shape[0], input.shape[1], weight.shape[1])
  let output = Tensor(uninitialized: [m, n])
  let preactivation = activation.derivativeNeedsInput ? Tensor(uninitialized: [m, n]) : nil
  let bias = bias ?? Tensor(zeros: [n])
  let product = (preactivation ?? output).storage.base
  multiply(
    MatrixView(input.base, width: k, transposed: false), MatrixView(weight.base, width: n, transposed: false),
    m: m, n: n, k: k, into: product,
    epilogue: BiasActivation(
      product: product, output: output.storage.base, bias: bias.base, width: n, kernel: kernel,
      keepsSum: preactivation != nil))
  return withExtendedLifetime(bias) { LinearResult(output: output, preactivation: preactivation) }
}

/// Adds the bias to a finished tile, keeps the sum where it is wanted, and writes the activation.
private struct BiasActivation<Kernel: ActivationKernel>: TileEpilogue {
  var product: UnsafeMutablePointer<Float>
  var output: UnsafeMutablePointer<Float>
  var bias: UnsafePointer<Float>
  var width: Int
  var kernel: Kernel
  var keepsSum: Bool

  func finish(rows: Range<Int>, columns: Range<Int>) {
    for row in rows {
      let start = row * width
      var column = columns.lowerBound
      while column + 16 <= columns.upperBound {
        let sum = Vector(at: product + start + column) + Vector(at: bias + column)
        if keepsSum { sum.store(at: product + start + column) }
        kernel.value(sum).store(at: output + start + column)
        column += 16
      }
      if column < columns.upperBound {
        let left = columns.upperBound - column
        let sum = Vector(at: product + start + column) + Vector(at: bias + column)
        if keepsSum { sum.store(first: left, at: product + start + column) }
        kernel.value(sum).store(first: left, at: output + start + column)
      }
    }
  }
}
