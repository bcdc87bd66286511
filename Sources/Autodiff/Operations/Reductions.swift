internal import TensorCore

extension Variable {
  /// The sum of all numbers: a scalar.
  public func sum() -> Variable {
    .recorded(value.sum(), from: self) { [own = shape] pull in pull.add(pull.upstream.broadcast(to: own), to: 0) }
  }

  /// The mean of all numbers: a scalar.
  public func mean() -> Variable { sum() / Float(value.count) }

  /// The sums along an axis (-1 is the last), which is dropped or kept with extent 1.
  public func sum(axis: Int, keepingDimension: Bool = false) -> Variable {
    .recorded(value.sum(axis: axis, keepingDimension: keepingDimension), from: self) { [own = shape] pull in
      let kept = own.keeping(axis: axis)
      pull.add(pull.upstream.reshaped(to: kept).broadcast(to: own), to: 0)
    }
  }

  /// The means along an axis.
  public func mean(axis: Int, keepingDimension: Bool = false) -> Variable {
    let sums = sum(axis: axis, keepingDimension: keepingDimension)
    return sums / Float(shape[axis < 0 ? axis + shape.count : axis])
  }

  /// Sums over the axes that broadcasting from `smaller` to this shape repeats: the adjoint of ``broadcast(to:)``.
  public func sum(to smaller: [Int]) -> Variable {
    if smaller == shape { return self }
    return .recorded(value.sumReduced(to: smaller), from: self) { [own = shape] pull in
      pull.add(pull.upstream.broadcast(to: own), to: 0)
    }
  }

  /// The largest numbers along an axis. The gradient goes to the first of equals.
  public func max(axis: Int, keepingDimension: Bool = false) -> Variable {
    let largest = value.max(axis: axis, keepingDimension: keepingDimension)
    return .recorded(largest, from: self) { [value] pull in
      let kept = value.shape.keeping(axis: axis)
      let mask = value.firstMaximumMask(axis: axis)
      pull.add(pull.upstream.reshaped(to: kept) * mask, to: 0)
    }
  }

  /// log(sum e^x) along an axis, without overflow.
  public func logSumExp(axis: Int = -1, keepingDimension: Bool = false) -> Variable {
    .recorded(value.logSumExp(axis: axis, keepingDimension: keepingDimension), from: self) { [value] pull in
      let kept = value.shape.keeping(axis: axis)
      pull.add(pull.upstream.reshaped(to: kept) * pull.input(0, value).softmax(axis: axis), to: 0)
    }
  }

  /// e^x / sum e^x along an axis.
  public func softmax(axis: Int = -1) -> Variable {
    let y = value.softmax(axis: axis)
    return .recorded(y, from: self) { pull in
      let output = pull.output(y)
      let weighted = pull.upstream * output
      pull.add(weighted - output * weighted.sum(axis: axis, keepingDimension: true), to: 0)
    }
  }

  /// x - log(sum e^x) along an axis.
  public func logSoftmax(axis: Int = -1) -> Variable {
    let y = value.logSoftmax(axis: axis)
    return .recorded(y, from: self) { pull in
      let total = pull.upstream.sum(axis: axis, keepingDimension: true)
      pull.add(pull.upstream - exp(pull.output(y)) * total, to: 0)
    }
  }
}

extension [Int] {
  /// The shape with the axis shrunk to extent 1.
  func keeping(axis: Int) -> [Int] {
    var kept = self
    kept[axis < 0 ? axis + count : axis] = 1
    return kept
  }
}

extension Tensor {
  /// 1 at the first of the largest numbers along the axis, else 0.
  func firstMaximumMask(axis: Int) -> Tensor {
    let axis = resolve(axis, "max")
    let places = argMax(axis: axis)
    let inner = shape[(axis + 1)...].reduce(1, *)
    let extent = shape[axis]
    return Tensor(shape: shape) { mask in
      for index in mask.indices {
        let (outer, rest) = index.quotientAndRemainder(dividingBy: extent * inner)
        let (place, column) = rest.quotientAndRemainder(dividingBy: inner)
        mask[index] = places[outer * inner + column] == place ? 1 : 0
      }
    }
  }
}
