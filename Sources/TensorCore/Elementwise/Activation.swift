/// The scalar functions that a dense layer can apply as it writes its result.
public enum Activation: Sendable, Hashable {
  case identity
  /// `max(0, x)`.
  case relu
  /// `x` above 0, `slope * x` below.
  case leakyRelu(slope: Float)
  /// `x * sigmoid(x)`, also called swish (Ramachandran et al., arXiv 1710.05941).
  case silu
  case tanh
  /// `1 / (1 + e^-x)`.
  case sigmoid
  /// `x * (1 + erf(x / sqrt 2)) / 2` (Hendrycks and Gimpel, arXiv 1606.08415).
  case gelu
  /// `log(1 + e^x)`.
  case softplus

  /// Whether the derivative needs the function's input; otherwise it can be told from the value.
  public var derivativeNeedsInput: Bool {
    switch self {
    case .identity, .relu, .tanh, .sigmoid: false
    // A negative slope turns the sign, so that the value does not tell which branch it came from.
    case .leakyRelu(let slope): slope < 0
    case .silu, .gelu, .softplus: true
    }
  }
}

/// The function's value and derivative for the vector kernels. One struct an activation, so that a kernel that is
/// generic over them is compiled once for each and holds no branch.
protocol ActivationKernel {
  func value(_ x: Vector) -> Vector
  /// The derivative at input `x`, where the value is `y`.
  func derivative(input x: Vector, value y: Vector) -> Vector
  /// Both at once, with the same bits.
  func valueAndDerivative(_ x: Vector) -> (value: Vector, derivative: Vector)
}

extension ActivationKernel {
  @inline(__always) func valueAndDerivative(_ x: Vector) -> (value: Vector, derivative: Vector) {
    let y = value(x)
    return (y, derivative(input: x, value: y))
  }
}

/// What works with whichever kernel an activation has. (A closure cannot be generic.)
protocol ActivationKernelUser {
  func use(_ kernel: some ActivationKernel)
}

extension Activation {
  @inline(__always)
  func withKernel(_ user: some ActivationKernelUser) {
    switch self {
    case .identity: user.use(IdentityKernel())
    case .relu: user.use(ReluKernel())
    case .leakyRelu(let factor): user.use(LeakyReluKernel(slope: factor))
    case .silu: user.use(SiluKernel())
    case .tanh: user.use(TanhKernel())
    case .sigmoid: user.use(SigmoidKernel())
    case .gelu: user.use(GeluKernel())
    case .softplus: user.use(SoftplusKernel())
    }
  }
}

struct IdentityKernel: ActivationKernel {
  @inline(__always) func value(_ x: Vector) -> Vector { x }
  @inline(__always) func derivative(input x: Vector, value y: Vector) -> Vector { .splat(1) }
}

struct ReluKernel: ActivationKernel {
  @inline(__always) func value(_ x: Vector) -> Vector { Vector.larger(.splat(0), x) }
  @inline(__always) func derivative(input x: Vector, value y: Vector) -> Vector {
    Vector.splat(0).replacing(with: .splat(1), where: y |>| .splat(0))
  }
}

struct LeakyReluKernel: ActivationKernel {
  var slope: Float
  @inline(__always) func value(_ x: Vector) -> Vector { (x * .splat(slope)).replacing(with: x, where: x |>| .splat(0)) }
  /// Where `derivativeNeedsInput` is false the value is given as the input: their signs agree.
  @inline(__always) func derivative(input x: Vector, value y: Vector) -> Vector {
    Vector.splat(slope).replacing(with: .splat(1), where: x |>| .splat(0))
  }
}

struct SiluKernel: ActivationKernel {
  @inline(__always) func value(_ x: Vector) -> Vector { x * x.logistic }
  @inline(__always) func derivative(input x: Vector, value y: Vector) -> Vector {
    valueAndDerivative(x).derivative
  }
  /// With `s = sigmoid(x)` and `y = x s`: `s + y (1 - s)`.
  @inline(__always) func valueAndDerivative(_ x: Vector) -> (value: Vector, derivative: Vector) {
    let s = x.logistic
    let y = x * s
    return (y, s.plusProduct(y, .splat(1) - s))
  }
}

struct TanhKernel: ActivationKernel {
  @inline(__always) func value(_ x: Vector) -> Vector { x.hyperbolicTangent }
  @inline(__always) func derivative(input x: Vector, value y: Vector) -> Vector { .splat(1) - y * y }
}

struct SigmoidKernel: ActivationKernel {
  @inline(__always) func value(_ x: Vector) -> Vector { x.logistic }
  @inline(__always) func derivative(input x: Vector, value y: Vector) -> Vector { y * (.splat(1) - y) }
}

struct GeluKernel: ActivationKernel {
  @inline(__always) private func cumulative(_ x: Vector) -> Vector {
    .splat(0.5) + .splat(0.5) * (x * .splat(0.707106781)).errorFunction
  }
  @inline(__always) func value(_ x: Vector) -> Vector { x * cumulative(x) }
  @inline(__always) func derivative(input x: Vector, value y: Vector) -> Vector {
    valueAndDerivative(x).derivative
  }
  @inline(__always) func valueAndDerivative(_ x: Vector) -> (value: Vector, derivative: Vector) {
    let c = cumulative(x)
    return (x * c, c + x * (x * x * .splat(-0.5)).exponential * .splat(0.398942280))
  }
}

struct SoftplusKernel: ActivationKernel {
  /// `max(x, 0) + log(1 + e^-|x|)`.
  @inline(__always) func value(_ x: Vector) -> Vector {
    Vector.larger(.splat(0), x) + (.splat(0) - x.magnitude).exponential.logarithmOfOnePlus
  }
  @inline(__always) func derivative(input x: Vector, value y: Vector) -> Vector { x.logistic }
}
