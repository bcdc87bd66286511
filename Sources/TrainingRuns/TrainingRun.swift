/// Short trainings of small networks on generated data, whose results are known to the bit: every machine, target CPU,
/// C library and number of threads must give the fingerprints that stand here, and so must WebAssembly.
///
/// Together they go through every kernel of TensorCore, every operation of Autodiff and every layer and optimizer of
/// NeuralNetworks, at sizes that are shared among threads and at sizes that are not.
public enum TrainingRun: String, Sendable, CaseIterable {
  /// A classifier of dense layers: Adam, a schedule, weight decay, clipped gradients.
  case dense
  /// A classifier with a decoder: convolutions, pooling, normalization, attention, dropout, an average of the weights.
  case images
  /// A critic with a gradient penalty: gradients of gradients, spectral normalization, SGD.
  case critic
  /// Every function once, on numbers small and large.
  case functions

  /// The fingerprint of ``run()``. Where a change of the core is meant to change results, the new fingerprint is
  /// what `scripts/check-reproducibility` prints for every build alike.
  public var expected: UInt64 {
    switch self {
    case .dense: 0x2e16_03e8_ec83_56d3
    case .images: 0x7367_9128_fb92_f0d0
    case .critic: 0x1efa_9ed5_d98a_ee8a
    case .functions: 0x4643_545a_9475_c427
    }
  }

  public func run() -> Outcome {
    switch self {
    case .dense: denseRun()
    case .images: imagesRun()
    case .critic: criticRun()
    case .functions: functionsRun()
    }
  }
}
