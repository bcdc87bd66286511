internal import TensorCore

/// The mean of each column of `[n, d]`, in Double.
func columnMeans(of data: Tensor) -> [Double] {
  let (rows, columns) = (data.shape[0], data.shape[1])
  var sums = [Double](repeating: 0, count: columns)
  data.withUnsafeScalars { values in
    for row in 0..<rows {
      let start = row * columns
      for column in 0..<columns { sums[column] += Double(values[start + column]) }
    }
  }
  return sums.map { $0 / Double(rows) }
}

/// C = 1/n sum_i (x_i - m)(x_i - m)^T of `[n, d]`; d * d values.
///
/// The centred rows are multiplied in Float, a block of rows at a time, and the blocks are summed in Double: the
/// rounding error is that of `blockRows` terms, a relative 1e-6 or so, however many rows there are. The final term
/// corrects for m being rounded to Float when it is subtracted.
func covarianceMatrix(of data: Tensor, mean: [Double]) -> [Double] {
  let (rows, columns) = (data.shape[0], data.shape[1])
  let blockRows = 512
  let rounded = mean.map { Float($0) }
  let meanRow = Tensor(rounded, shape: [1, columns])
  var sums = [Double](repeating: 0, count: columns * columns)
  for start in stride(from: 0, to: rows, by: blockRows) {
    let centred = data.rows(start..<min(start + blockRows, rows)) - meanRow
    let products = matmul(centred, centred, transposeA: true)
    products.withUnsafeScalars { products in
      for index in 0..<products.count { sums[index] += Double(products[index]) }
    }
  }
  let shift = zip(mean, rounded).map { $0 - Double($1) }
  for i in 0..<columns {
    for j in 0..<columns {
      let place = i * columns + j
      sums[place] = sums[place] / Double(rows) - shift[i] * shift[j]
    }
  }
  return sums
}
