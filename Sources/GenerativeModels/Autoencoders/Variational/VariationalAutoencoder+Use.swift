internal import Autodiff
internal import NeuralNetworks
public import TensorCore

extension VariationalAutoencoder {
  /// The codes mu(x) of rows: `[n, width]` to `[n, latentWidth]`. Works in blocks, so that n may be large.
  public func encode(_ rows: Tensor) -> Tensor {
    requireRows(rows.shape, "rows", width: width, "VariationalAutoencoder.encode")
    return rows.mapRowBlocks { posterior(Variable(constant: $0)).mean.value }
  }

  /// The means of the rows that codes stand for: `[n, latentWidth]` to `[n, width]`, within 0...1 for
  /// ``ObservationModel/bernoulli``.
  public func decode(_ codes: Tensor) -> Tensor {
    requireRows(codes.shape, "codes", width: latentWidth, "VariationalAutoencoder.decode")
    return codes.mapRowBlocks { block in
      let output = decoder(block).value
      if case .bernoulli = observation { return sigmoid(output) }
      return output
    }
  }

  /// Codes drawn from q(z | x): `[n, width]` to `[n, latentWidth]`.
  public func sampleCodes(of rows: Tensor, using random: inout RandomGenerator) -> Tensor {
    requireRows(rows.shape, "rows", width: width, "VariationalAutoencoder.sampleCodes")
    let noise = random.normal(shape: [rows.shape[0], latentWidth])
    return posterior(Variable(constant: rows)).sample(noise: noise).value
  }

  /// New rows: codes from N(0, I), decoded.
  ///
  /// - Parameters:
  ///   - count: the number of rows.
  ///   - scatters: whether the rows are drawn from p(x | z); otherwise they are its means, which is what pictures of
  ///     samples usually show.
  /// - Returns: `[count, width]`.
  ///
  /// Traps when `count` is negative.
  public func sample(count: Int, scatters: Bool = false, using random: inout RandomGenerator) -> Tensor {
    guard count >= 0 else { trap("VariationalAutoencoder.sample", "count: must be 0 or more, not " + String(count)) }
    let means = decode(random.normal(shape: [count, latentWidth]))
    guard scatters else { return means }
    guard let deviation = observationDeviation else { return random.uniform(shape: means.shape) .< means }
    return means + random.normal(shape: means.shape, standardDeviation: Float(deviation))
  }
}
