/// What a dense layer computed, and what its backward pass needs.
public struct LinearResult: Sendable {
  /// `activation(input weight + bias)`, `[batch, out]`.
  public var output: Tensor
  /// The activation's derivative, `[batch, out]`, where the output does not tell it (see
  /// ``Activation/derivativeNeedsInput``): it is cheapest to compute beside the value.
  public var slope: Tensor?
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
///   - keepsSlope: false where no backward pass will follow.
public func linear(
  input: Tensor, weight: Tensor, bias: Tensor? = nil, activation: Activation = .identity, keepsSlope: Bool = true
) -> LinearResult {
  if input.rank != 2 || weight.rank != 2 || input.shape[1] != weight.shape[0] {
    trap("linear", "the input " + describe(input.shape) + " does not fit the weight " + describe(weight.shape))
  }
  if let bias, bias.shape != [weight.shape[1]] {
    trap("linear", "the bias " + describe(bias.shape) + " does not fit the weight " + describe(weight.shape))
  }
  if bias == nil && activation == .identity {
    return LinearResult(output: matmul(input, weight), slope: nil)
  }
  let slope =
    keepsSlope && activation.derivativeNeedsInput
    ? Tensor(uninitialized: [input.shape[0], weight.shape[1]]) : nil
  let output = Tensor(uninitialized: [input.shape[0], weight.shape[1]])
  let bias = bias ?? Tensor(zeros: [weight.shape[1]])
  activation.withKernel(
    DenseProduct(input: input, weight: weight, bias: bias, output: output.storage.base, slope: slope?.storage.base))
  return withExtendedLifetime(bias) { LinearResult(output: output, slope: slope) }
}

private struct DenseProduct: ActivationKernelUser {
  let input: Tensor
  let weight: Tensor
  let bias: Tensor
  let output: UnsafeMutablePointer<Float>
  let slope: UnsafeMutablePointer<Float>?

  func use(_ kernel: some ActivationKernel) {
    let (m, k, n) = (input.shape[0], input.shape[1], weight.shape[1])
    multiply(
      MatrixView(input.base, width: k, transposed: false), MatrixView(weight.base, width: n, transposed: false),
      m: m, n: n, k: k, into: output,
      epilogue: BiasActivation(output: output, slope: slope, bias: bias.base, width: n, kernel: kernel))
  }
}

/// Adds the bias to a finished tile and applies the activation; keeps its derivative where it is wanted.
struct BiasActivation<Kernel: ActivationKernel>: TileEpilogue {
  var output: UnsafeMutablePointer<Float>
  var slope: UnsafeMutablePointer<Float>?
  var bias: UnsafePointer<Float>
  var width: Int
  var kernel: Kernel

  /// Not inlined: inside of a product's closure the optimizer leaves the vectors' operations as calls.
  @inline(never)
  func finish(rows: Range<Int>, columns: Range<Int>) {
    for row in rows {
      let sums = output + row * width
      let slopes = slope.map { $0 + row * width }
      var column = columns.lowerBound
      while column < columns.upperBound {
        let sum = Vector(at: sums + column) + Vector(at: bias + column)
        let lanes = columns.upperBound - column
        if let slopes {
          let both = kernel.valueAndDerivative(sum)
          both.value.store(first: lanes, at: sums + column)
          both.derivative.store(first: lanes, at: slopes + column)
        } else {
          kernel.value(sum).store(first: lanes, at: sums + column)
        }
        column += 16
      }
    }
  }
}
