internal import TensorCore

extension Variable {
  /// Each pixel of `[batch, height, width, channels]` repeated `factor` times in both directions.
  public func upsampledNearest(factor: Int) -> Variable {
    .recorded(value.upsampledNearest(factor: factor), from: self) { pull in
      pull.add(pull.upstream.summedSquares(factor: factor), to: 0)
    }
  }

  /// The sums over squares of `factor` by `factor` pixels: the adjoint of ``upsampledNearest(factor:)``.
  public func summedSquares(factor: Int) -> Variable {
    .recorded(value.summedSquares(factor: factor), from: self) { pull in
      pull.add(pull.upstream.upsampledNearest(factor: factor), to: 0)
    }
  }

  /// The means over windows of `window` by `window` pixels, `stride` apart (by default the window's extent).
  public func averagePooled(window: Int, stride: Int? = nil) -> Variable {
    .recorded(value.averagePooled(window: window, stride: stride), from: self) { [own = shape] pull in
      pull.add(pull.upstream.averagePooledAdjoint(own, window, stride), to: 0)
    }
  }

  private func averagePooledAdjoint(_ inputShape: [Int], _ window: Int, _ stride: Int?) -> Variable {
    let spread = value.averagePooledAdjoint(inputShape: inputShape, window: window, stride: stride)
    return .recorded(spread, from: self) { pull in
      pull.add(pull.upstream.averagePooled(window: window, stride: stride), to: 0)
    }
  }

  /// The largest numbers over windows of `window` by `window` pixels, `stride` apart (by default the window's extent).
  /// The gradient goes to the first of equals.
  public func maxPooled(window: Int, stride: Int? = nil) -> Variable {
    let result = value.maxPooled(window: window, stride: stride)
    return .recorded(result.output, from: self) { [own = shape, places = result.places] pull in
      pull.add(pull.upstream.scatteredScalars(places, into: own), to: 0)
    }
  }

  private func gatheringScalars(_ places: [Int32], shape: [Int]) -> Variable {
    .recorded(value.gatheringScalars(at: places, shape: shape), from: self) { [own = self.shape] pull in
      pull.add(pull.upstream.scatteredScalars(places, into: own), to: 0)
    }
  }

  private func scatteredScalars(_ places: [Int32], into shape: [Int]) -> Variable {
    .recorded(value.scatteredScalars(at: places, into: shape), from: self) { [own = self.shape] pull in
      pull.add(pull.upstream.gatheringScalars(places, shape: own), to: 0)
    }
  }
}
