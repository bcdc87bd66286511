import TensorCore

/// A normalization by its definition, in Double.
struct NormalizationReference {
  var output, mean, variance, input, weight, bias: [Double]

  init(_ data: NormalizationData, _ activation: Activation) {
    let sets = data.sets
    let size = sets.channels / sets.groups
    let (x, u) = (data.input.scalars.map(Double.init), data.upstream.scalars.map(Double.init))
    let (gain, offset) = (data.weight.scalars.map(Double.init), data.bias.scalars.map(Double.init))
    (output, input) = ([Double](repeating: 0, count: x.count), [Double](repeating: 0, count: x.count))
    (mean, variance) = ([], [])
    (weight, bias) = ([Double](repeating: 0, count: gain.count), [Double](repeating: 0, count: gain.count))
    let count = Double(sets.pixels * size)
    for image in 0..<sets.batch {
      for group in 0..<sets.groups {
        let places = (0..<sets.pixels).flatMap { pixel in
          (group * size..<(group + 1) * size).map { channel in
            (place: (image * sets.pixels + pixel) * sets.channels + channel, channel: channel)
          }
        }
        let m = places.reduce(0) { $0 + x[$1.place] } / count
        let v = places.reduce(0) { $0 + (x[$1.place] - m) * (x[$1.place] - m) } / count
        mean.append(m)
        variance.append(v)
        let deviation = (v + 1e-5).squareRoot()
        var (total, projection) = (0.0, 0.0)
        for (place, channel) in places {
          let y = (x[place] - m) / deviation
          let (value, slope) = NormalizationReference.apply(activation, y * gain[channel] + offset[channel])
          output[place] = value
          let d = u[place] * slope
          weight[channel] += d * y
          bias[channel] += d
          input[place] = d * gain[channel]
          total += input[place]
          projection += input[place] * y
        }
        for (place, _) in places {
          let y = (x[place] - m) / deviation
          input[place] = (input[place] - total / count - y * projection / count) / deviation
        }
      }
    }
  }

  /// The value and the derivative of those activations that the tests use.
  private static func apply(_ activation: Activation, _ x: Double) -> (Double, Double) {
    switch activation {
    case .silu:
      let s = 1 / (1 + exp(-x))
      return (x * s, s * (1 + x * (1 - s)))
    case .relu: return (max(0, x), x > 0 ? 1 : 0)
    default: return (x, 1)
    }
  }
}
