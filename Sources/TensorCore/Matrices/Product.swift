/// A matrix in memory as the product reads it: element `(i, j)` is at `base[i * row + j * column]`.
struct MatrixView {
  var base: UnsafePointer<Float>
  var row: Int
  var column: Int

  /// A row-major matrix with `width` columns, or its transpose.
  init(_ base: UnsafePointer<Float>, width: Int, transposed: Bool) {
    self.base = base
    row = transposed ? 1 : width
    column = transposed ? width : 1
  }

  /// The same memory with rows and columns exchanged.
  var transposed: MatrixView {
    var view = self
    view.row = column
    view.column = row
    return view
  }
}

/// What happens to a finished tile of the product while it is still in the nearest cache.
protocol TileEpilogue {
  /// The rows and columns of the product that are complete.
  func finish(rows: Range<Int>, columns: Range<Int>)
}

/// Leaves the product as it is.
struct NoEpilogue: TileEpilogue {
  @inline(__always) func finish(rows: Range<Int>, columns: Range<Int>) {}
}

/// `c = a b`, row-major `m` x `n`, and then the epilogue.
///
/// Each element of `c` is one chain of fused multiply-adds over ascending `k` from 0: between the blocks of `k` the
/// chains wait in `c` itself, which rounds nothing.
func multiply(
  _ a: MatrixView, _ b: MatrixView, m: Int, n: Int, k: Int, into c: UnsafeMutablePointer<Float>,
  epilogue: some TileEpilogue
) {
  if m == 0 || n == 0 { return }
  if k == 0 {
    c.update(repeating: 0, count: m * n)
    epilogue.finish(rows: 0..<m, columns: 0..<n)
    return
  }
  if isThin(m: m, n: n) {
    multiplyThin(a, b, m: m, n: n, k: k, into: c)
    epilogue.finish(rows: 0..<m, columns: 0..<n)
    return
  }
  if b.column == 1 {
    multiplyPanels(
      a, m: m, n: n, k: k, into: c, epilogue: epilogue, panels: PanelView(rowMajor: b.base, width: b.row))
    return
  }
  // The tile kernel reads neighbouring columns of `b`: lay a transposed `b` out in panels.
  let packed = TensorStorage(holding: PanelView.packedCount(n: n, k: k))
  let view = PanelView(packed: packed.base, k: k)
  let panels = PanelProduct.panels(of: n)
  if n * k >= 2 * Tensor.parallelGrain {
    parallelFor(panels) { view.pack(b, panel: $0, n: n, k: k) }
  } else {
    for panel in 0..<panels { view.pack(b, panel: panel, n: n, k: k) }
  }
  withExtendedLifetime(packed) {
    multiplyPanels(a, m: m, n: n, k: k, into: c, epilogue: epilogue, panels: view)
  }
}

/// Whether a product `[m, k] [k, n]` is better computed as its transpose.
func isThin(m: Int, n: Int) -> Bool { n * 2 <= Tile.lanes && m >= 2 * Tile.columns }

/// A product of few columns would leave most of a register's lanes idle: its transpose is computed, whose rows are few,
/// and transposed back. Each element is the same chain, with the factors of each product exchanged.
private func multiplyThin(
  _ a: MatrixView, _ b: MatrixView, m: Int, n: Int, k: Int, into c: UnsafeMutablePointer<Float>
) {
  let flipped = TensorStorage(holding: n * m)
  withExtendedLifetime(flipped) {
    multiply(b.transposed, a.transposed, m: n, n: m, k: k, into: flipped.base, epilogue: NoEpilogue())
    transposeBlock(UnsafePointer(flipped.base), sourceRow: m, rows: n, columns: m, into: c, destinationRow: n)
  }
}

/// Products above this many multiply-adds are shared among threads.
let parallelProduct = 1 << 18

@inline(__always)
private func multiplyPanels(
  _ a: MatrixView, m: Int, n: Int, k: Int, into c: UnsafeMutablePointer<Float>, epilogue: some TileEpilogue,
  panels b: PanelView
) {
  let product = PanelProduct(a: a, b: b, n: n, k: k, c: c)
  let panels = product.panels
  if m * n * k < parallelProduct {
    for panel in 0..<panels { product.run(panel, rows: 0..<m, epilogue: epilogue) }
    return
  }
  // Some ten tasks at least, so that the threads finish together. Neighbours are panels of the same rows: a thread's
  // part is a band of rows, which it has in its cache from the layer before.
  let bands = Swift.min((m + Tile.rows - 1) / Tile.rows, (16 + panels - 1) / panels)
  parallelFor(panels * bands) { index in
    let (band, panel) = index.quotientAndRemainder(dividingBy: panels)
    product.run(panel, rows: band * m / bands..<(band + 1) * m / bands, epilogue: epilogue)
  }
}
