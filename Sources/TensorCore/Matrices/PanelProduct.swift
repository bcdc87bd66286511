/// The second factor of a product, `[k, n]`, as the tile kernel reads it: in panels of `Tile.columns` neighbouring
/// columns.
struct PanelView {
  /// The first panel's first element, what the next panel's is away from it, and what the next step of `k` is.
  private let base: UnsafeMutablePointer<Float>
  private let panelStride: Int
  private let step: Int

  /// A row-major matrix as it is, its rows `width` apart. It is only read.
  init(rowMajor base: UnsafePointer<Float>, width: Int) {
    self.base = UnsafeMutablePointer(mutating: base)
    panelStride = Tile.columns
    step = width
  }

  /// Panels one after another, to be filled by ``pack(_:panel:n:k:)``.
  init(packed base: UnsafeMutablePointer<Float>, k: Int) {
    self.base = base
    panelStride = Tile.columns * k
    step = Tile.columns
  }

  /// The scalars that the panels of a `k` x `n` matrix take.
  static func packedCount(n: Int, k: Int) -> Int { (n + Tile.columns - 1) / Tile.columns * Tile.columns * k }

  /// Lays out a panel of a matrix whose columns lie in memory where a row-major one has its rows.
  func pack(_ b: MatrixView, panel: Int, n: Int, k: Int) {
    let first = panel * Tile.columns
    transposeBlock(
      b.base + first * b.column, sourceRow: b.column, rows: Swift.min(Tile.columns, n - first), columns: k,
      into: base + panel * panelStride, destinationRow: Tile.columns)
  }

  @inline(__always)
  func operand(_ panel: Int) -> (base: UnsafePointer<Float>, step: Int) {
    (UnsafePointer(base + panel * panelStride), step)
  }
}

/// A product `c = a b` of which some rows and one panel of columns are worked out at a time.
struct PanelProduct {
  /// The steps of `k` for which a panel of `b` stays in the nearest cache.
  private static let depthBlock = 256

  let a: MatrixView
  let b: PanelView
  let n: Int
  let k: Int
  /// Row-major, of `n` columns.
  let c: UnsafeMutablePointer<Float>

  /// How many panels there are.
  var panels: Int { PanelProduct.panels(of: n) }
  static func panels(of columns: Int) -> Int { (columns + Tile.columns - 1) / Tile.columns }

  /// Computes the rows of a panel's columns, and hands each finished tile to the epilogue.
  @inline(__always)
  func run(_ panel: Int, rows: Range<Int>, epilogue: some TileEpilogue) {
    let (b, bStep) = b.operand(panel)
    let first = panel * Tile.columns
    let columns = Swift.min(Tile.columns, n - first)
    var start = 0
    while start < k {
      let depth = Swift.min(PanelProduct.depthBlock, k - start)
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
}
