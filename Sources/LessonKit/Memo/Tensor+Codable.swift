public import TensorCore

extension Tensor: Codable {
  private enum Key: CodingKey { case shape, scalars }

  public func encode(to encoder: any Swift.Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(shape, forKey: .shape)
    try container.encode(scalars, forKey: .scalars)
  }

  public init(from decoder: any Swift.Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let shape = try container.decode([Int].self, forKey: .shape)
    let scalars = try container.decode([Float].self, forKey: .scalars)
    var count = 1
    for extent in shape {
      let product = count.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !product.overflow else { throw Self.mismatch(decoder) }
      count = product.partialValue
    }
    guard count == scalars.count else { throw Self.mismatch(decoder) }
    self.init(scalars, shape: shape)
  }

  private static func mismatch(_ decoder: any Swift.Decoder) -> DecodingError {
    .dataCorrupted(
      DecodingError.Context(
        codingPath: decoder.codingPath, debugDescription: "the shape does not fit the number of scalars"))
  }
}
