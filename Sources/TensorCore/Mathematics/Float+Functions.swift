// Float's elementary functions give exactly what the tensor functions give for the same number: they are one lane of
// the same kernel.

/// `e` raised to `x`. Error below 1 ULP.
public func exp(_ x: Float) -> Float { Vector(repeating: x).exponential[0] }

/// `e` raised to `x`, minus 1, without cancellation near 0. Error below 2 ULP.
public func expm1(_ x: Float) -> Float { Vector(repeating: x).exponentialMinusOne[0] }

/// The natural logarithm. Error below 1 ULP.
public func log(_ x: Float) -> Float { Vector(repeating: x).logarithm[0] }

/// `log(1 + x)` without cancellation near 0. Error below 2 ULP.
public func log1p(_ x: Float) -> Float { Vector(repeating: x).logarithmOfOnePlus[0] }

/// The sine of an angle in radians. Error below 2 ULP.
public func sin(_ x: Float) -> Float { Vector(repeating: x).sine[0] }

/// The cosine of an angle in radians. Error below 2 ULP.
public func cos(_ x: Float) -> Float { Vector(repeating: x).cosine[0] }

/// The hyperbolic tangent. Error below 3 ULP.
public func tanh(_ x: Float) -> Float { Vector(repeating: x).hyperbolicTangent[0] }

/// The error function. Error below 2 ULP.
public func erf(_ x: Float) -> Float { Vector(repeating: x).errorFunction[0] }

/// `1 / (1 + e^-x)`. Error below 3 ULP.
public func sigmoid(_ x: Float) -> Float { Vector(repeating: x).logistic[0] }

/// `base` raised to `exponent`, through Double and rounded once.
public func pow(_ base: Float, _ exponent: Float) -> Float { Float(pow(Double(base), Double(exponent))) }
