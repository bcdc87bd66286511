/// What a layer is used for, where the two uses differ: ``BatchNorm``, ``Dropout``, ``SpectralNorm``.
///
/// The phase is an argument of each call; there is no mode to switch and to forget.
public enum Phase: Sendable, Hashable {
  /// Learning: statistics come from the batch and are remembered, numbers are dropped at random.
  case training
  /// Use of what was learned: the result depends on the input alone.
  case evaluation
}
