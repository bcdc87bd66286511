// The loops of normalization over rows of channels. Each works on sixteen neighbouring channels of all rows at a time, and
// where the channels are no multiple of sixteen, on the first numbers of the next row too, whose results are not used.
//
// Sums: eight (or four) partial sums, row `r` to number `r mod 8`, the rows that are left over to the first; then a tree.

/// The sum of each channel, and the sum of its squared distances from its own mean over these rows.
///
/// - Parameters:
///   - x: `[rows, channels]`.
///   - sums, squares: room for the channels, rounded up to whole vectors.
@inline(never)
func channelMoments(
  _ x: UnsafePointer<Float>, rows: Int, channels: Int, sums: UnsafeMutablePointer<Float>,
  squares: UnsafeMutablePointer<Float>
) {
  let count = Vector(repeating: Float(rows))
  for column in stride(from: 0, to: channels, by: 16) {
    let total = sumColumn(x + column, rows: rows, stride: channels) { $0 + $1 }
    total.store(at: sums + column)
    let mean = total / count
    sumColumn(x + column, rows: rows, stride: channels) { sum, value in
      let distance = value - mean
      return sum.plusProduct(distance, distance)
    }.store(at: squares + column)
  }
}

@inline(__always)
private func sumColumn(
  _ x: UnsafePointer<Float>, rows: Int, stride: Int, _ add: (Vector, Vector) -> Vector
) -> Vector {
  let zero = Vector.splat(0)
  var (a, b, c, d, e, f, g, h) = (zero, zero, zero, zero, zero, zero, zero, zero)
  var source = x
  var row = 0
  while row + 8 <= rows {
    a = add(a, Vector(at: source))
    b = add(b, Vector(at: source + stride))
    c = add(c, Vector(at: source + 2 * stride))
    d = add(d, Vector(at: source + 3 * stride))
    e = add(e, Vector(at: source + 4 * stride))
    f = add(f, Vector(at: source + 5 * stride))
    g = add(g, Vector(at: source + 6 * stride))
    h = add(h, Vector(at: source + 7 * stride))
    source += 8 * stride
    row += 8
  }
  while row < rows {
    a = add(a, Vector(at: source))
    source += stride
    row += 1
  }
  return ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// Stores vectors of a row's last, partly used lanes whole, the others as they were; only in the last row, behind which
/// the memory is another task's, lane by lane.
private struct LaneStore {
  let lanes: Int
  private let mask: Mask

  @inline(__always) init(_ lanes: Int) {
    self.lanes = Swift.min(lanes, 16)
    mask = Vector.laneNumbers |<| IntVector(repeating: Int32(self.lanes))
  }

  @inline(__always) func put(_ value: Vector, at target: UnsafeMutablePointer<Float>, isLast: Bool) {
    if lanes == 16 {
      value.store(at: target)
    } else if isLast {
      value.store(first: lanes, at: target)
    } else {
      Vector(at: target).replacing(with: value, where: mask).store(at: target)
    }
  }
}

/// `y = f((x - mean) scale + bias)`, `[rows, channels]`.
@inline(never)
func writeNormalized(
  _ x: UnsafePointer<Float>, rows: Int, channels: Int, _ factors: ChannelFactors, _ kernel: some ActivationKernel,
  into y: UnsafeMutablePointer<Float>
) {
  for column in stride(from: 0, to: channels, by: 16) {
    let store = LaneStore(channels - column)
    let mean = Vector(at: factors.mean + column)
    let scale = Vector(at: factors.scale + column)
    let bias = Vector(at: factors.bias + column)
    var offset = column
    for row in 0..<rows {
      let value = bias.plusProduct(Vector(at: x + offset) - mean, scale)
      store.put(kernel.value(value), at: y + offset, isLast: row == rows - 1)
      offset += channels
    }
  }
}

/// `d = upstream f'((x - mean) scale + bias)`, with the sums of `d` and of `d (x - mean)` of each channel.
@inline(never)
func pullThroughActivation(
  _ upstream: UnsafePointer<Float>, _ x: UnsafePointer<Float>, rows: Int, channels: Int, _ factors: ChannelFactors,
  _ kernel: some ActivationKernel, into d: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>,
  products: UnsafeMutablePointer<Float>
) {
  for column in stride(from: 0, to: channels, by: 16) {
    let store = LaneStore(channels - column)
    let mean = Vector(at: factors.mean + column)
    let scale = Vector(at: factors.scale + column)
    let bias = Vector(at: factors.bias + column)
    let zero = Vector.splat(0)
    var (s0, s1, s2, s3) = (zero, zero, zero, zero)
    var (p0, p1, p2, p3) = (zero, zero, zero, zero)
    @inline(__always)
    func step(_ row: Int, _ sum: inout Vector, _ product: inout Vector) {
      let offset = column + row * channels
      let distance = Vector(at: x + offset) - mean
      let slope = kernel.valueAndDerivative(bias.plusProduct(distance, scale)).derivative
      let value = Vector(at: upstream + offset) * slope
      store.put(value, at: d + offset, isLast: row == rows - 1)
      sum += value
      product = product.plusProduct(value, distance)
    }
    var row = 0
    while row + 4 <= rows {
      step(row, &s0, &p0)
      step(row + 1, &s1, &p1)
      step(row + 2, &s2, &p2)
      step(row + 3, &s3, &p3)
      row += 4
    }
    while row < rows {
      step(row, &s0, &p0)
      row += 1
    }
    ((s0 + s2) + (s1 + s3)).store(at: sums + column)
    ((p0 + p2) + (p1 + p3)).store(at: products + column)
  }
}

/// `d = d scale - slope - (x - mean) curvature`, in place.
@inline(never)
func writeInputGradient(
  _ x: UnsafePointer<Float>, rows: Int, channels: Int, _ factors: ChannelFactors, into d: UnsafeMutablePointer<Float>
) {
  for column in stride(from: 0, to: channels, by: 16) {
    let store = LaneStore(channels - column)
    let mean = Vector(at: factors.mean + column)
    let scale = Vector(at: factors.scale + column)
    let slope = .splat(0) - Vector(at: factors.slope + column)
    let curvature = .splat(0) - Vector(at: factors.curvature + column)
    var offset = column
    for row in 0..<rows {
      let value = slope.plusProduct(Vector(at: d + offset), scale)
      store.put(
        value.plusProduct(Vector(at: x + offset) - mean, curvature), at: d + offset, isLast: row == rows - 1)
      offset += channels
    }
  }
}
