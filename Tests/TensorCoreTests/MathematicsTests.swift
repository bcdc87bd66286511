import TensorCore
import Testing

/// How far `value` is from `high + low`, in units of the last place of `high`.
func ulps(_ value: Double, _ point: ReferencePoint) -> Double {
  if value == point.high && point.low == 0 { return 0 }
  return Swift.abs((value - point.high) - point.low) / point.high.ulp
}

/// How far a Float is from the exact value, in units of the last place of the nearest Float.
func ulps(_ value: Float, _ exact: Double) -> Double {
  if value.isNaN && exact.isNaN { return 0 }
  if Double(value) == exact { return 0 }
  let nearest = Float(exact)
  if value == nearest && value.isInfinite { return 0 }
  return Swift.abs(Double(value) - exact) / Double(nearest.ulp)
}

@Suite struct MathematicsTests {
  struct DoubleCase: Sendable, CustomTestStringConvertible {
    let name: String
    let bound: Double
    let points: [ReferencePoint]
    let function: @Sendable (Double) -> Double
    var testDescription: String { name }
  }

  static let doubles = [
    DoubleCase(name: "exp", bound: 1, points: MathematicsReference.exp, function: { exp($0) }),
    DoubleCase(name: "expm1", bound: 2, points: MathematicsReference.expm1, function: { expm1($0) }),
    DoubleCase(name: "log", bound: 1, points: MathematicsReference.log, function: { log($0) }),
    DoubleCase(name: "log1p", bound: 2, points: MathematicsReference.log1p, function: { log1p($0) }),
    DoubleCase(name: "log2", bound: 2, points: MathematicsReference.log2, function: { log2($0) }),
    DoubleCase(name: "log10", bound: 2, points: MathematicsReference.log10, function: { log10($0) }),
    DoubleCase(name: "sin", bound: 1, points: MathematicsReference.sin, function: { sin($0) }),
    DoubleCase(name: "cos", bound: 1, points: MathematicsReference.cos, function: { cos($0) }),
    DoubleCase(name: "tanh", bound: 3, points: MathematicsReference.tanh, function: { tanh($0) }),
    DoubleCase(name: "erf", bound: 4, points: MathematicsReference.erf, function: { erf($0) }),
    DoubleCase(name: "erfc", bound: 32, points: MathematicsReference.erfc, function: { erfc($0) }),
  ]

  @Test(arguments: doubles)
  func doubleFunctionsKeepTheirBounds(function: DoubleCase) {
    for point in function.points {
      let value = function.function(point.x)
      #expect(ulps(value, point) < function.bound, "\(function.name)(\(point.x)) = \(value), not \(point.high)")
    }
  }

  struct FloatCase: Sendable, CustomTestStringConvertible {
    let name: String
    let bound: Double
    let range: ClosedRange<Float>
    let function: @Sendable (Tensor) -> Tensor
    let exact: @Sendable (Double) -> Double
    var testDescription: String { name }
  }

  static let floats = [
    FloatCase(name: "exp", bound: 1, range: -104...89, function: { exp($0) }, exact: { exp($0) }),
    FloatCase(name: "expm1", bound: 2, range: -40...88, function: { expm1($0) }, exact: { expm1($0) }),
    FloatCase(
      name: "log", bound: 1, range: Float.leastNonzeroMagnitude...Float.greatestFiniteMagnitude, function: { log($0) },
      exact: { log($0) }),
    FloatCase(name: "log1p", bound: 2, range: -0.99999...1e30, function: { log1p($0) }, exact: { log1p($0) }),
    FloatCase(name: "sin", bound: 2, range: -1e6...1e6, function: { sin($0) }, exact: { sin($0) }),
    FloatCase(name: "cos", bound: 2, range: -1e6...1e6, function: { cos($0) }, exact: { cos($0) }),
    FloatCase(name: "tanh", bound: 3, range: -12...12, function: { tanh($0) }, exact: { tanh($0) }),
    FloatCase(name: "erf", bound: 2, range: -5...5, function: { erf($0) }, exact: { erf($0) }),
    FloatCase(name: "sigmoid", bound: 3, range: -80...80, function: { sigmoid($0) }, exact: { 1 / (1 + exp(-$0)) }),
    FloatCase(
      name: "softplus", bound: 3, range: -80...80, function: { softplus($0) },
      exact: { Swift.max($0, 0) + log1p(exp(-Swift.abs($0))) }),
    FloatCase(name: "silu", bound: 4, range: -80...80, function: { silu($0) }, exact: { $0 / (1 + exp(-$0)) }),
  ]

  /// Walks the floats of the range in equal steps of their bits, so that every magnitude is met; the exact value comes
  /// from the Double functions, which are checked above.
  @Test(arguments: floats)
  func floatFunctionsKeepTheirBounds(function: FloatCase) {
    var inputs: [Float] = []
    for bits in stride(from: UInt32(0), to: 0x7f80_0000, by: 20_011) {
      let value = Float(bitPattern: bits)
      if function.range.contains(value) { inputs.append(value) }
      if function.range.contains(-value) { inputs.append(-value) }
    }
    let results = function.function(Tensor(inputs)).scalars
    var worst = 0.0
    var at: Float = 0
    for (x, y) in zip(inputs, results) {
      let error = ulps(y, function.exact(Double(x)))
      if !(error <= worst) {
        worst = error
        at = x
      }
    }
    #expect(worst < function.bound, "\(function.name)(\(at)) is off by \(worst) ULP")
    #expect(inputs.count > 1000)
  }

  @Test func specialValuesAreKept() {
    let special = Tensor([.nan, .infinity, -.infinity, 0, -0.0])
    func bits(_ x: Tensor) -> [String] { x.scalars.map { $0.isNaN ? "nan" : "\($0)" } }
    #expect(bits(exp(special)) == ["nan", "inf", "0.0", "1.0", "1.0"])
    #expect(bits(expm1(special)) == ["nan", "inf", "-1.0", "0.0", "-0.0"])
    #expect(bits(log(special)) == ["nan", "inf", "nan", "-inf", "-inf"])
    #expect(bits(log1p(special)) == ["nan", "inf", "nan", "0.0", "-0.0"])
    #expect(bits(sin(special)) == ["nan", "nan", "nan", "0.0", "-0.0"])
    #expect(bits(cos(special)) == ["nan", "nan", "nan", "1.0", "1.0"])
    #expect(bits(tanh(special)) == ["nan", "1.0", "-1.0", "0.0", "-0.0"])
    #expect(bits(erf(special)) == ["nan", "1.0", "-1.0", "0.0", "-0.0"])
    #expect(bits(sigmoid(special)) == ["nan", "1.0", "0.0", "0.5", "0.5"])
    #expect(bits(softplus(special)) == ["nan", "inf", "0.0", "0.6931472", "0.6931472"])
    #expect(bits(relu(special)) == ["nan", "inf", "0.0", "0.0", "-0.0"])
    #expect(bits(maximum(special, Tensor(ones: [5]))) == ["nan", "inf", "1.0", "1.0", "1.0"])
    #expect(bits(minimum(Tensor(ones: [5]), special)) == ["nan", "1.0", "-inf", "0.0", "-0.0"])
    #expect(bits(maximum(special, 1)) == ["nan", "inf", "1.0", "1.0", "1.0"])
    #expect(bits(special.clamped(to: -1...1)) == ["nan", "1.0", "-1.0", "0.0", "-0.0"])
    #expect(exp(1000.0) == Double.infinity && exp(-1000.0) == 0.0 && exp(Double.nan).isNaN)
    #expect(log(0.0) == -Double.infinity && log(-1.0).isNaN && log(Double.infinity) == .infinity)
    #expect(sin(Double.infinity).isNaN && cos(Double.nan).isNaN)
    #expect(log(Float(1)) == 0 && exp(Float(0)) == 1)
  }

  @Test func powersFollowTheirLogarithms() {
    #expect(pow(2.0, 10) == 1024)
    #expect(pow(9.0, 0.5) == 3)
    #expect(Swift.abs(pow(1.1, 300) / 2_617_010_996_188.46 - 1) < 1e-13)
    #expect(pow(0.0, 2) == 0 && pow(0.0, -1) == .infinity && pow(-1.0, 0.5).isNaN)
    #expect(pow(Tensor([-2, 2, 3]), 3).scalars == [-8, 8, 27])
    #expect(pow(Tensor([-2, 2, 3]), 2).scalars == [4, 4, 9])
  }
}
