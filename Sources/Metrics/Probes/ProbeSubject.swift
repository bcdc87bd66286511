public import TensorCore

/// What ``LabelEfficiency`` measures: a description of rows that a linear probe reads, or a classifier of its own.
///
/// ```swift
/// let subjects = [
///   ProbeSubject("pixels") { $0 },
///   ProbeSubject("PCA", features: components.transform),
///   ProbeSubject("autoencoder", features: network.features(of:)),
/// ]
/// ```
public struct ProbeSubject {
  enum Kind {
    case features((Tensor) -> Tensor)
    case classifier((Tensor, [Int], Tensor, inout RandomGenerator) throws -> [Int])
  }

  /// What the table calls it.
  public let name: String
  let kind: Kind

  /// A frozen encoder.
  ///
  /// - Parameter features: from rows `[n, ...]` to their descriptions `[n, d]`, the same for equal rows.
  public init(_ name: String, features: @escaping (Tensor) -> Tensor) {
    self.name = name
    kind = .features(features)
  }

  /// A classifier that is trained from nothing on each budget of labels: what labels alone can do.
  ///
  /// - Parameter classifier: from labelled rows, their classes, and the test's rows to a class for each of those.
  public init(
    _ name: String, classifier: @escaping (Tensor, [Int], Tensor, inout RandomGenerator) throws -> [Int]
  ) {
    self.name = name
    kind = .classifier(classifier)
  }
}
