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
    case .dense: 0xabe8_c0e1_344e_f3a4
    case .images: 0xbbe0_62f3_d7b1_78b8
    case .critic: 0x9951_5db2_378e_2f54
    case .functions: 0x9f87_cb64_c1fd_7ba3
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
