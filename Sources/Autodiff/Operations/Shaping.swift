internal import TensorCore

extension Variable {
  /// The same numbers in another shape; see `Tensor.reshaped(to:)`.
  public func reshaped(to shape: [Int]) -> Variable {
    .recorded(value.reshaped(to: shape), from: self) { [own = self.shape] pull in
      pull.add(pull.upstream.reshaped(to: own), to: 0)
    }
  }

  /// A matrix with rows and columns exchanged.
  public func transposed() -> Variable {
    .recorded(value.transposed(), from: self) { pull in pull.add(pull.upstream.transposed(), to: 0) }
  }

  /// The axes in another order: axis i of the result is axis `order[i]` of this variable.
  public func permuted(_ order: [Int]) -> Variable {
    .recorded(value.permuted(order), from: self) { pull in
      var inverse = order
      for (place, axis) in order.enumerated() { inverse[axis] = place }
      pull.add(pull.upstream.permuted(inverse), to: 0)
    }
  }

  /// Copies along axes of extent 1 and missing axes. The adjoint of ``sum(to:)``.
  public func broadcast(to shape: [Int]) -> Variable {
    if shape == self.shape { return self }
    return .recorded(value.broadcast(to: shape), from: self) { [own = self.shape] pull in
      pull.add(pull.upstream.sum(to: own), to: 0)
    }
  }

  /// The part with the positions `range` along `axis`.
  public func slice(axis: Int, _ range: Range<Int>) -> Variable {
    .recorded(value.slice(axis: axis, range), from: self) { [own = self.shape] pull in
      pull.add(pull.upstream.padded(to: own, axis: axis, at: range.lowerBound), to: 0)
    }
  }

  /// Rows, that is, positions along the first axis.
  public func rows(_ range: Range<Int>) -> Variable { slice(axis: 0, range) }

  /// Zeros of a larger shape with this variable from `start` on along `axis`: the adjoint of ``slice(axis:_:)``.
  public func padded(to outerShape: [Int], axis: Int, at start: Int) -> Variable {
    .recorded(value.padded(to: outerShape, axis: axis, at: start), from: self) { [own = self.shape] pull in
      let axis = axis < 0 ? axis + own.count : axis
      pull.add(pull.upstream.slice(axis: axis, start..<start + own[axis]), to: 0)
    }
  }

  /// Variables laid one after another along `axis`; all other extents must agree.
  public static func concatenated(_ parts: [Variable], axis: Int) -> Variable {
    .recorded(Tensor.concatenated(parts.map { $0.value }, axis: axis), from: parts) {
      [shapes = parts.map { $0.shape }] pull in
      var start = 0
      for (index, shape) in shapes.enumerated() {
        let extent = shape[axis < 0 ? axis + shape.count : axis]
        if pull.needs(index) { pull.add(pull.upstream.slice(axis: axis, start..<start + extent), to: index) }
        start += extent
      }
    }
  }

  /// The rows at the given places, in that order; a place may repeat, and its gradients then add up.
  public func gatheringRows(at indices: [Int]) -> Variable {
    .recorded(value.gatheringRows(at: indices), from: self) { [own = self.shape] pull in
      pull.add(pull.upstream.scatteredRows(at: indices, into: own), to: 0)
    }
  }

  /// Zeros of `shape` with row i of this variable added to row `indices[i]`: the adjoint of ``gatheringRows(at:)``.
  public func scatteredRows(at indices: [Int], into shape: [Int]) -> Variable {
    var target = Tensor(zeros: shape)
    target.scatterAddRows(value, at: indices)
    return .recorded(target, from: self) { pull in
      pull.add(pull.upstream.gatheringRows(at: indices), to: 0)
    }
  }
}
