internal import TensorCore

// Smooth functions, elementwise. Each pullback is written in operations on variables, so that it can be differentiated
// again; where the derivative is a function of the result, the result's value is kept instead of the operand's.

/// e^x, elementwise.
public func exp(_ x: Variable) -> Variable {
  let y = exp(x.value)
  return .recorded(y, from: x) { pull in pull.add(pull.upstream * pull.output(y), to: 0) }
}

/// The natural logarithm, elementwise.
public func log(_ x: Variable) -> Variable {
  .recorded(log(x.value), from: x) { [value = x.value] pull in pull.add(pull.upstream / pull.input(0, value), to: 0) }
}

/// The square root, elementwise. Its derivative is infinite at 0.
public func sqrt(_ x: Variable) -> Variable {
  let y = sqrt(x.value)
  return .recorded(y, from: x) { pull in pull.add(pull.upstream * 0.5 / pull.output(y), to: 0) }
}

/// x^2, elementwise.
public func square(_ x: Variable) -> Variable {
  .recorded(x.value.squared(), from: x) { [value = x.value] pull in
    pull.add(pull.upstream * 2 * pull.input(0, value), to: 0)
  }
}

/// |x|, elementwise. The derivative at 0 is taken to be 0.
public func abs(_ x: Variable) -> Variable {
  .recorded(abs(x.value), from: x) { [value = x.value] pull in pull.add(pull.upstream * sign(value), to: 0) }
}

/// The sine, elementwise.
public func sin(_ x: Variable) -> Variable {
  .recorded(sin(x.value), from: x) { [value = x.value] pull in
    pull.add(pull.upstream * cos(pull.input(0, value)), to: 0)
  }
}

/// The cosine, elementwise.
public func cos(_ x: Variable) -> Variable {
  .recorded(cos(x.value), from: x) { [value = x.value] pull in
    pull.add(-(pull.upstream * sin(pull.input(0, value))), to: 0)
  }
}

/// The error function, elementwise.
public func erf(_ x: Variable) -> Variable {
  .recorded(erf(x.value), from: x) { [value = x.value] pull in
    let density = exp(-square(pull.input(0, value))) * 1.1283791670955126  // 2 / sqrt(pi)
    pull.add(pull.upstream * density, to: 0)
  }
}

/// x^n for a fixed exponent, elementwise; see `pow` on tensors for negative x.
public func pow(_ x: Variable, _ exponent: Float) -> Variable {
  .recorded(pow(x.value, exponent), from: x) { [value = x.value] pull in
    pull.add(pull.upstream * (pow(pull.input(0, value), exponent - 1) * exponent), to: 0)
  }
}

/// The larger of each pair, with broadcasting. Where both are equal, each gets half of the gradient.
public func maximum(_ a: Variable, _ b: Variable) -> Variable {
  choice(maximum(a.value, b.value), a, b, share: (a.value .> b.value) + (a.value .== b.value) * 0.5)
}

/// The smaller of each pair, with broadcasting. Where both are equal, each gets half of the gradient.
public func minimum(_ a: Variable, _ b: Variable) -> Variable {
  choice(minimum(a.value, b.value), a, b, share: (a.value .< b.value) + (a.value .== b.value) * 0.5)
}

/// `share` is the part of the gradient that goes to `a`.
private func choice(_ value: Tensor, _ a: Variable, _ b: Variable, share: Tensor) -> Variable {
  .recorded(value, from: a, b) { [aShape = a.shape, bShape = b.shape] pull in
    if pull.needs(0) { pull.add((pull.upstream * share).sum(to: aShape), to: 0) }
    if pull.needs(1) { pull.add((pull.upstream * (1 - share)).sum(to: bShape), to: 1) }
  }
}
