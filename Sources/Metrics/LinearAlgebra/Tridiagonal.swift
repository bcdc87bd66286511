internal import TensorCore

/// A symmetric tridiagonal matrix T together with the orthogonal basis B that it lives in: A = B^T T B.
struct Tridiagonal {
  let order: Int
  /// T's diagonal.
  private(set) var diagonal: [Double]
  /// T's sub-diagonal; entry i couples rows i and i + 1, and the last is zero.
  private(set) var coupling: [Double]
  /// B, row-major. Once T is diagonal its rows are A's eigenvectors.
  private(set) var basis: [Double]

  /// Reduces the symmetric matrix A by Householder reflections, the last row first.
  ///
  /// Every inner loop runs along a row, so that memory is read in order.
  init(reducing matrix: [Double], order n: Int) {
    guard n > 0, matrix.count == n * n else {
      trap("SymmetricEigen", "a matrix of order \(n) has \(n * n) entries, not \(matrix.count)")
    }
    var a = matrix
    var diagonal = [Double](repeating: 0, count: n)
    var coupling = diagonal
    var halfNorms = diagonal  // h of each reflection P = I - v v^T / h; zero where none was needed

    a.withUnsafeMutableBufferPointer { a in
      var product = [Double](repeating: 0, count: n)
      product.withUnsafeMutableBufferPointer { p in
        for k in stride(from: n - 1, to: 0, by: -1) {
          let v = UnsafeMutableBufferPointer(rebasing: a[k * n..<k * n + k])
          diagonal[k] = a[k * n + k]
          // Scaling keeps the squares from overflowing and underflowing.
          var scale = 0.0
          for entry in v where entry.magnitude > scale { scale = entry.magnitude }
          var rest = 0.0
          for entry in v.dropLast() where entry.magnitude > rest { rest = entry.magnitude }
          guard rest > 0 else {
            coupling[k - 1] = v[k - 1]
            continue
          }
          for i in 0..<k { v[i] /= scale }
          let squared = dot(v, v, count: k)
          let pivot = v[k - 1]
          let norm = pivot < 0 ? squared.squareRoot() : -squared.squareRoot()
          coupling[k - 1] = norm * scale
          let h = squared - pivot * norm
          v[k - 1] = pivot - norm
          halfNorms[k] = h

          // p = A v / h, from the lower triangle of the leading k x k block alone.
          for i in 0..<k { p[i] = 0 }
          for i in 0..<k {
            let row = UnsafeMutableBufferPointer(rebasing: a[i * n..<i * n + i + 1])
            p[i] += dot(row, v, count: i) + row[i] * v[i]
            addScaled(row, by: v[i], to: p, count: i)
          }
          for i in 0..<k { p[i] /= h }
          // A - v q^T - q v^T with q = p - (v . p / 2h) v.
          addScaled(v, by: -dot(v, p, count: k) / (2 * h), to: p, count: k)
          for i in 0..<k {
            let row = UnsafeMutableBufferPointer(rebasing: a[i * n..<i * n + i + 1])
            subtractOuter(v, v[i], p, p[i], from: row, count: i + 1)
          }
        }
      }
    }
    diagonal[0] = a[0]

    // B = P_1 P_2 ... P_{n-1}; P_k acts on the first k coordinates, so B grows by one row and column at a time.
    var basis = [Double](repeating: 0, count: n * n)
    for i in 0..<n { basis[i * n + i] = 1 }
    basis.withUnsafeMutableBufferPointer { b in
      a.withUnsafeMutableBufferPointer { a in
        for k in 1..<max(n, 1) where halfNorms[k] != 0 {
          let v = UnsafeMutableBufferPointer(rebasing: a[k * n..<k * n + k])
          for r in 0..<k {
            let row = UnsafeMutableBufferPointer(rebasing: b[r * n..<r * n + k])
            addScaled(v, by: -dot(row, v, count: k) / halfNorms[k], to: row, count: k)
          }
        }
      }
    }
    self.order = n
    self.diagonal = diagonal
    self.coupling = coupling
    self.basis = basis
  }

  /// Turns T into a diagonal matrix by implicitly shifted QL sweeps, rotating the basis along.
  mutating func diagonalize() {
    let n = order
    for l in 0..<n {
      var sweeps = 0
      while let m = firstDecoupled(from: l), m > l {
        sweeps += 1
        guard sweeps <= 60 else {
          trap("SymmetricEigen", "no convergence after 60 sweeps; the matrix of order \(n) holds NaN or infinity")
        }
        sweep(from: l, to: m)
      }
    }
  }

  /// The first index at or after `start` whose coupling to the next is negligible.
  private func firstDecoupled(from start: Int) -> Int? {
    for m in start..<order - 1 {
      let size = diagonal[m].magnitude + diagonal[m + 1].magnitude
      if size + coupling[m].magnitude == size { return m }
    }
    return order - 1
  }

  /// One QL sweep over the rows l...m, with Wilkinson's shift.
  private mutating func sweep(from l: Int, to m: Int) {
    let n = order
    var g = (diagonal[l + 1] - diagonal[l]) / (2 * coupling[l])
    var r = hypotenuse(g, 1)
    g = diagonal[m] - diagonal[l] + coupling[l] / (g + (g < 0 ? -r : r))
    var (s, c, p) = (1.0, 1.0, 0.0)
    basis.withUnsafeMutableBufferPointer { basis in
      var i = m - 1
      while i >= l {
        let f = s * coupling[i]
        let b = c * coupling[i]
        r = hypotenuse(f, g)
        coupling[i + 1] = r
        if r == 0 {
          // The matrix has split: recover and start anew.
          diagonal[i + 1] -= p
          coupling[m] = 0
          return
        }
        s = f / r
        c = g / r
        g = diagonal[i + 1] - p
        r = (diagonal[i] - g) * s + 2 * c * b
        p = s * r
        diagonal[i + 1] = g + p
        g = c * r - b
        rotate(
          UnsafeMutableBufferPointer(rebasing: basis[i * n..<(i + 1) * n]),
          UnsafeMutableBufferPointer(rebasing: basis[(i + 1) * n..<(i + 2) * n]), cosine: c, sine: s)
        i -= 1
      }
      diagonal[l] -= p
      coupling[l] = g
      coupling[m] = 0
    }
  }
}
