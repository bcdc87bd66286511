public import TensorCore

extension Activation {
  /// The function applied to each number.
  public func callAsFunction(_ x: Variable) -> Variable {
    if self == .identity { return x }
    let activation = self
    let output = activation(x.value)
    let saved = activation.derivativeNeedsInput ? x.value : output
    return .recorded(output, from: x) { pull in
      pull.add(activation.pulledBack(in: pull, saved: saved, output: output), to: 0)
    }
  }

  /// upstream * f'(x), as a single pass, or as operations on variables where the gradient is to be differentiated.
  ///
  /// - Parameters:
  ///   - saved: the input where ``derivativeNeedsInput``, else the output.
  private func pulledBack(in pull: Pull, saved: Tensor, output: Tensor) -> Variable {
    guard pull.isDifferentiable else {
      return Variable(constant: gradient(upstream: pull.upstream.value, input: saved, output: output))
    }
    let argument = derivativeNeedsInput ? pull.input(0, saved) : pull.output(output)
    return pull.upstream * derivative(of: argument)
  }

  /// f' as a function of the input where ``derivativeNeedsInput``, else of the output.
  func derivative(of argument: Variable) -> Variable {
    switch self {
    case .identity: return Variable(constant: Tensor(ones: argument.shape))
    case .relu: return Variable(constant: argument.value .> 0)
    case .leakyRelu(let slope):
      let positive = argument.value .> 0
      return Variable(constant: positive + (1 - positive) * slope)
    case .tanh: return 1 - square(argument)
    case .sigmoid: return argument * (1 - argument)
    case .softplus: return Autodiff.sigmoid(argument)
    case .silu:
      let s = Autodiff.sigmoid(argument)
      return s * (1 + argument * (1 - s))
    case .gelu:
      let cumulative = (erf(argument * 0.70710678118654752) + 1) * 0.5
      let density = exp(square(argument) * -0.5) * 0.39894228040143268
      return cumulative + argument * density
    }
  }
}

/// max(0, x), elementwise. The derivative at 0 is taken to be 0.
public func relu(_ x: Variable) -> Variable { Activation.relu(x) }

/// x above 0 and slope * x below, elementwise.
public func leakyRelu(_ x: Variable, slope: Float = 0.01) -> Variable { Activation.leakyRelu(slope: slope)(x) }

/// x sigmoid(x), elementwise.
public func silu(_ x: Variable) -> Variable { Activation.silu(x) }

/// The hyperbolic tangent, elementwise.
public func tanh(_ x: Variable) -> Variable { Activation.tanh(x) }

/// The logistic function 1 / (1 + e^-x), elementwise.
public func sigmoid(_ x: Variable) -> Variable { Activation.sigmoid(x) }

/// x times the standard normal's cumulative distribution function, elementwise.
public func gelu(_ x: Variable) -> Variable { Activation.gelu(x) }

/// log(1 + e^x), elementwise.
public func softplus(_ x: Variable) -> Variable { Activation.softplus(x) }
