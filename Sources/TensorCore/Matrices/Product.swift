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
  if n * 2 <= Tile.lanes && m >= 2 * Tile.columns {
    multiplyThin(a, b, m: m, n: n, k: k, into: c)
    epilogue.finish(rows: 0..<m, columns: 0..<n)
    return
  }
  if b.column == 1 {
    multiplyPanels(a, m: m, n: n, k: k, into: c, epilogue: epilogue) { panel in
      (b.base + panel * Tile.columns, b.row)
    }
    return
  }
  // The tile kernel reads neighbouring columns of `b`: lay a transposed `b` out in panels.
  let panels = (n + Tile.columns - 1) / Tile.columns
  let packed = TensorStorage(holding: panels * Tile.columns * k)
  func pack(_ panel: Int) {
    let first = panel * Tile.columns
    transposeBlock(
      b.base + first * b.column, sourceRow: b.column, rows: Swift.min(Tile.columns, n - first), columns: k,
      into: packed.base + first * k, destinationRow: Tile.columns)
  }
  if n * k >= 2 * Tensor.parallelGrain {
    parallelFor(panels, pack)
  } else {
    for panel in 0..<panels { pack(panel) }
  }
  withExtendedLifetime(packed) {
    let base = UnsafePointer(packed.base)
    multiplyPanels(a, m: m, n: n, k: k, into: c, epilogue: epilogue) { panel in
      (base + panel * Tile.columns * k, Tile.columns)
    }
  }
}

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

/// The steps of `k` for which a panel of `b` stays in the nearest cache.
private let depthBlock = 256

/// Products above this many multiply-adds are shared among threads.
private let parallelProduct = 1 << 18

@inline(__always)
private func multiplyPanels(
  _ a: MatrixView, m: Int, n: Int, k: Int, into c: UnsafeMutablePointer<Float>, epilogue: some TileEpilogue,
  panelAt: (Int) -> (UnsafePointer<Float>, Int)
) {
  let panels = (n + Tile.columns - 1) / Tile.columns
  func task(_ panel: Int, _ rows: Range<Int>) {
    let (b, bStep) = panelAt(panel)
    let first = panel * Tile.columns
    let columns = Swift.min(Tile.columns, n - first)
    var start = 0
    while start < k {
      let depth = Swift.min(depthBlock, k - start)
      let last = start + depth == k
      // Tiles of about equal heights: a short one at the end would wait for its own results.
      let tiles = (rows.count + Tile.rows - 1) / Tile.rows
      for tile in 0..<tiles {
        let row = rows.lowerBound + tile * rows.count / tiles
        let height = rows.lowerBound + (tile + 1) * rows.count / tiles - row
        runTile(
          TileOperands(
            a: a.base + row * a.row + start * a.column, aRow: a.row, aStep: a.column, b: b + start * bStep,
            bStep: bStep, c: c + row * n + first, cRow: n, depth: depth, continues: start > 0, columns: columns),
          rows: height)
        if last { epilogue.finish(rows: row..<row + height, columns: first..<first + columns) }
      }
      start += depth
    }
  }
  if m * n * k < parallelProduct {
    for panel in 0..<panels { task(panel, 0..<m) }
    return
  }
  // Some ten tasks at least, so that the threads finish together. Neighbours are panels of the same rows: a thread's
  // part is a band of rows, which it has in its cache from the layer before.
  let bands = Swift.min((m + Tile.rows - 1) / Tile.rows, (16 + panels - 1) / panels)
  parallelFor(panels * bands) { index in
    let (band, panel) = index.quotientAndRemainder(dividingBy: panels)
    task(panel, band * m / bands..<(band + 1) * m / bands)
  }
}
