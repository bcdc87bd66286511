internal import TensorCore

/// The squared Euclidean distances from every row of one matrix to every row of another, a block of rows at a time.
///
/// A block is |q|^2 + |r|^2 - 2 q r^T with one matrix product in Float, after both sides are centred on the mean of
/// the references, so that 10,000 x 10,000 distances take seconds and 20 MB. That form cancels: it is off by up to
/// ``margin(_:)``, which may exceed the distance of two near points. Whoever compares distances asks
/// ``exact(_:_:)`` where the margin leaves a doubt, and so gets the result of exact arithmetic. In few dimensions,
/// where near points are many and products do not pay, the distances are summed in Double from the start.
struct DistanceBlocks {
  let queries: Tensor
  let references: Tensor
  private let width: Int
  private let product: Product?

  /// What the matrix product needs.
  private struct Product {
    let queries: Tensor
    let references: Tensor
    let queryNorms: [Double]
    let referenceNorms: [Float]
    let largestReferenceNorm: Double
  }

  /// Rows of one width, all finite.
  init(from queries: Tensor, to references: Tensor) {
    self.queries = queries
    self.references = references
    width = queries.shape[1]
    let largestDirectWidth = 8
    guard width > largestDirectWidth else {
      product = nil
      return
    }
    let mean = Tensor(columnMeans(of: references).map { Float($0) }, shape: [1, width])
    let (a, b) = (queries - mean, references - mean)
    let (queryNorms, referenceNorms) = (squaredNorms(of: a), squaredNorms(of: b))
    let largest = referenceNorms.max() ?? 0
    // Beyond this, squares leave Float's range.
    let limit = 1e30
    guard largest < limit, (queryNorms.max() ?? 0) < limit else {
      product = nil
      return
    }
    product = Product(
      queries: a, references: b, queryNorms: queryNorms, referenceNorms: referenceNorms.map { Float($0) },
      largestReferenceNorm: largest)
  }

  /// How far a squared distance may be from the exact one: `absolute` plus a share of the distance itself.
  struct Margin {
    var absolute: Double
    var relative: Double

    @inline(__always)
    func callAsFunction(at value: Double) -> Double { absolute + relative * value }
  }

  /// The margin in row `row` of the queries.
  ///
  /// A chain of d fused multiply-adds is within d u |q| |r| of the exact product, u = 2^-24; centring moves a squared
  /// distance by at most 4 u (|q| + |r|)^2; the rest are single roundings.
  func margin(_ row: Int) -> Margin {
    guard let product else { return Margin(absolute: 0, relative: 0x1p-23) }
    let size = product.queryNorms[row].squareRoot() + product.largestReferenceNorm.squareRoot()
    return Margin(absolute: Double(width + 10) * 0x1p-24 * size * size, relative: 0)
  }

  /// The squared distance from row `query` to row `reference`, in Double from the rows as they were given.
  func exact(_ query: Int, _ reference: Int) -> Double {
    queries.withUnsafeScalars { a in
      references.withUnsafeScalars { b in
        squaredDistance(a, query * width, b, reference * width, width)
      }
    }
  }

  /// Calls `body` for every row of the queries in order, with its squared distances to all references.
  func forEachRow(_ body: (Int, UnsafeBufferPointer<Float>) -> Void) {
    let (rows, columns) = (queries.shape[0], references.shape[0])
    // About 16 MB a block.
    let blockRows = max(1, min(512, (1 << 22) / max(columns, 1)))
    for start in stride(from: 0, to: rows, by: blockRows) {
      let block = block(start..<min(start + blockRows, rows))
      block.withUnsafeScalars { values in
        for row in 0..<block.shape[0] {
          body(start + row, UnsafeBufferPointer(rebasing: values[row * columns..<(row + 1) * columns]))
        }
      }
    }
  }

  /// The squared distances of a range of rows: `[range.count, references]`.
  private func block(_ range: Range<Int>) -> Tensor {
    guard let product else { return directBlock(range) }
    let columns = references.shape[0]
    var result = matmul(product.queries.rows(range), product.references, transposeB: true)
    result.withUnsafeMutableScalars { values in
      product.referenceNorms.withUnsafeBufferPointer { norms in
        for row in range {
          let norm = Float(product.queryNorms[row])
          let line = UnsafeMutableBufferPointer(
            rebasing: values[(row - range.lowerBound) * columns..<(row - range.lowerBound + 1) * columns])
          for column in 0..<columns { line[column] = max(0, norm + norms[column] - 2 * line[column]) }
        }
      }
    }
    return result
  }

  private func directBlock(_ range: Range<Int>) -> Tensor {
    let columns = references.shape[0]
    return Tensor(shape: [range.count, columns]) { target in
      queries.withUnsafeScalars { a in
        references.withUnsafeScalars { b in
          for row in range {
            let line = (row - range.lowerBound) * columns
            for column in 0..<columns {
              target[line + column] = Float(squaredDistance(a, row * width, b, column * width, width))
            }
          }
        }
      }
    }
  }
}

/// sum_i (a_i - b_i)^2 over `width` numbers from the given places.
@inline(__always)
private func squaredDistance(
  _ a: UnsafeBufferPointer<Float>, _ placeA: Int, _ b: UnsafeBufferPointer<Float>, _ placeB: Int, _ width: Int
) -> Double {
  var sum = 0.0
  for axis in 0..<width {
    let difference = Double(a[placeA + axis]) - Double(b[placeB + axis])
    sum += difference * difference
  }
  return sum
}

/// The squared length of each row.
func squaredNorms(of rows: Tensor) -> [Double] {
  let width = rows.shape[1]
  return rows.withUnsafeScalars { values in
    (0..<rows.shape[0]).map { row in
      var sum = 0.0
      for index in row * width..<(row + 1) * width { sum += Double(values[index]) * Double(values[index]) }
      return sum
    }
  }
}
