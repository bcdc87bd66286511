public import TensorCore

// Elementwise arithmetic with broadcasting. The adjoint of repeating an operand is summing over the repetitions:
// `sum(to:)` brings a gradient back to the operand's own shape.

extension Variable {
  /// a + b.
  public static func + (a: Variable, b: Variable) -> Variable {
    recorded(a.value + b.value, from: a, b) { [aShape = a.shape, bShape = b.shape] pull in
      if pull.needs(0) { pull.add(pull.upstream.sum(to: aShape), to: 0) }
      if pull.needs(1) { pull.add(pull.upstream.sum(to: bShape), to: 1) }
    }
  }

  /// a - b.
  public static func - (a: Variable, b: Variable) -> Variable {
    recorded(a.value - b.value, from: a, b) { [aShape = a.shape, bShape = b.shape] pull in
      if pull.needs(0) { pull.add(pull.upstream.sum(to: aShape), to: 0) }
      if pull.needs(1) { pull.add(-pull.upstream.sum(to: bShape), to: 1) }
    }
  }

  /// a b, elementwise.
  public static func * (a: Variable, b: Variable) -> Variable {
    recorded(a.value * b.value, from: a, b) { [aValue = a.value, bValue = b.value] pull in
      if pull.needs(0) { pull.add((pull.upstream * pull.input(1, bValue)).sum(to: aValue.shape), to: 0) }
      if pull.needs(1) { pull.add((pull.upstream * pull.input(0, aValue)).sum(to: bValue.shape), to: 1) }
    }
  }

  /// a / b, elementwise.
  public static func / (a: Variable, b: Variable) -> Variable {
    recorded(a.value / b.value, from: a, b) { [aValue = a.value, bValue = b.value] pull in
      let divisor = pull.input(1, bValue)
      let quotient = pull.upstream / divisor
      if pull.needs(0) { pull.add(quotient.sum(to: aValue.shape), to: 0) }
      if pull.needs(1) {
        pull.add(-(quotient * pull.input(0, aValue) / divisor).sum(to: bValue.shape), to: 1)
      }
    }
  }

  /// -a.
  public static prefix func - (a: Variable) -> Variable {
    recorded(-a.value, from: a) { pull in pull.add(-pull.upstream, to: 0) }
  }

  /// a + c for a number c.
  public static func + (a: Variable, c: Float) -> Variable {
    recorded(a.value + c, from: a) { pull in pull.add(pull.upstream, to: 0) }
  }

  /// a - c for a number c.
  public static func - (a: Variable, c: Float) -> Variable { a + (-c) }

  /// a c for a number c.
  public static func * (a: Variable, c: Float) -> Variable {
    recorded(a.value * c, from: a) { pull in pull.add(pull.upstream * c, to: 0) }
  }

  /// a / c for a number c.
  public static func / (a: Variable, c: Float) -> Variable {
    recorded(a.value / c, from: a) { pull in pull.add(pull.upstream / c, to: 0) }
  }

  /// c + a for a number c.
  public static func + (c: Float, a: Variable) -> Variable { a + c }

  /// c a for a number c.
  public static func * (c: Float, a: Variable) -> Variable { a * c }

  /// c - a for a number c.
  public static func - (c: Float, a: Variable) -> Variable {
    recorded(c - a.value, from: a) { pull in pull.add(-pull.upstream, to: 0) }
  }

  /// c / a for a number c.
  public static func / (c: Float, a: Variable) -> Variable {
    recorded(c / a.value, from: a) { [aValue = a.value] pull in
      let divisor = pull.input(0, aValue)
      pull.add(-(pull.upstream * c / (divisor * divisor)), to: 0)
    }
  }
}

// A tensor among the operands is a constant: data, targets, noise.

extension Variable {
  public static func + (a: Variable, b: Tensor) -> Variable { a + Variable(constant: b) }
  public static func + (a: Tensor, b: Variable) -> Variable { Variable(constant: a) + b }
  public static func - (a: Variable, b: Tensor) -> Variable { a - Variable(constant: b) }
  public static func - (a: Tensor, b: Variable) -> Variable { Variable(constant: a) - b }
  public static func * (a: Variable, b: Tensor) -> Variable { a * Variable(constant: b) }
  public static func * (a: Tensor, b: Variable) -> Variable { Variable(constant: a) * b }
  public static func / (a: Variable, b: Tensor) -> Variable { a / Variable(constant: b) }
  public static func / (a: Tensor, b: Variable) -> Variable { Variable(constant: a) / b }
}
