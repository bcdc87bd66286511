extension Activation {
  /// The gradient with respect to the input, `upstream * f'`, and its sums along the middle axis of
  /// `[outer, extent, inner]`, in one pass over memory: a layer's bias gets them.
  ///
  /// - Parameters:
  ///   - output: the activation's value, of the upstream gradient's shape.
  ///   - slope: `f'` where the output does not tell it (see ``derivativeNeedsInput``).
  /// - Returns: the gradient, and the sums, `[outer, inner]`.
  func gradientAndSums(
    upstream: Tensor, output: Tensor, slope: Tensor?, outer: Int, extent: Int, inner: Int
  ) -> (gradient: Tensor, sums: Tensor) {
    let sums = Tensor(uninitialized: [outer, inner])
    func reduce(_ element: some ColumnElement) {
      reduceMiddle(outer: outer, extent: extent, inner: inner, into: sums.storage.base, element: element)
    }
    if slope == nil {
      switch self {
      case .identity, .silu, .gelu, .softplus:
        // Without a slope the derivative is 1.
        reduce(StoredElement(upstream.base))
        return (upstream, sums)
      case .relu, .leakyRelu, .tanh, .sigmoid: break
      }
    }
    let gradient = Tensor(uninitialized: upstream.shape)
    let (u, d) = (upstream.base, gradient.storage.base)
    if let slope {
      reduce(SlopeElement(upstream: u, slope: slope.base, gradient: d))
    } else {
      let y = output.base
      switch self {
      case .relu: reduce(OutputElement(upstream: u, output: y, gradient: d, kernel: ReluKernel()))
      case .leakyRelu(let factor):
        reduce(OutputElement(upstream: u, output: y, gradient: d, kernel: LeakyReluKernel(slope: factor)))
      case .tanh: reduce(OutputElement(upstream: u, output: y, gradient: d, kernel: TanhKernel()))
      case .sigmoid: reduce(OutputElement(upstream: u, output: y, gradient: d, kernel: SigmoidKernel()))
      case .identity, .silu, .gelu, .softplus: break
      }
    }
    return withExtendedLifetime((upstream, output, slope)) { (gradient, sums) }
  }
}

/// `upstream * slope`, stored on the way.
private struct SlopeElement: ColumnElement {
  let upstream: UnsafePointer<Float>
  let slope: UnsafePointer<Float>
  let gradient: UnsafeMutablePointer<Float>

  @inline(__always) func vector(at offset: Int, lanes: Int) -> Vector {
    let product = Vector(at: upstream + offset) * Vector(at: slope + offset)
    product.store(first: lanes, at: gradient + offset)
    return product
  }
}

/// `upstream * f'` with the derivative told from the output, stored on the way.
private struct OutputElement<Kernel: ActivationKernel>: ColumnElement {
  let upstream: UnsafePointer<Float>
  let output: UnsafePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  let kernel: Kernel

  @inline(__always) func vector(at offset: Int, lanes: Int) -> Vector {
    let y = Vector(at: output + offset)
    let product = Vector(at: upstream + offset) * kernel.derivative(input: y, value: y)
    product.store(first: lanes, at: gradient + offset)
    return product
  }
}
