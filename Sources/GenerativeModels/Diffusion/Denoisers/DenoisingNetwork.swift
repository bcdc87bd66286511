public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A network that denoises, given the time of each row.
///
/// A network of your own needs two methods, its parameters and this:
///
/// ```swift
/// func callAsFunction(_ x: Variable, times: [Double]) -> Variable
/// ```
public protocol DenoisingNetwork: Module, Denoiser {
  /// The prediction for a batch.
  ///
  /// - Parameters:
  ///   - x: the noisy batch, `[n, ...]`.
  ///   - times: the time of each row between 0, the data, and 1, the noise.
  func callAsFunction(_ x: Variable, times: [Double]) -> Variable
}

extension DenoisingNetwork {
  /// The prediction for a batch of any size, computed in blocks of rows and without recording anything.
  public func predict(_ x: Tensor, time: Double) -> Tensor {
    x.mapRowBlocks { block in
      self(Variable(constant: block), times: [Double](repeating: time, count: block.shape[0])).value
    }
  }
}

/// A network that can also be told what each row shows: the class of an image, the mode of a point.
public protocol ConditionalNetwork: DenoisingNetwork {
  /// The prediction for a batch.
  ///
  /// - Parameters:
  ///   - labels: the class of each row; nil leaves it open.
  func callAsFunction(_ x: Variable, times: [Double], labels: [Int?]) -> Variable
}

extension ConditionalNetwork {
  /// With all classes left open.
  public func callAsFunction(_ x: Variable, times: [Double]) -> Variable {
    self(x, times: times, labels: [Int?](repeating: nil, count: times.count))
  }
}
