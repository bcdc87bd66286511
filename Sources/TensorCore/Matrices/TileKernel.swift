internal import CKernels

/// One register's worth of a tile's row.
typealias TileVector = WTTileVector

/// The shape of the tile that the matrix kernel keeps in registers.
enum Tile {
  static let lanes = Int(WT_VECTOR_LANES)
  static let rows = Int(WT_TILE_ROWS)
  static let columns = 2 * lanes
}

extension TileVector {
  @inline(__always)
  init(tileAt pointer: UnsafePointer<Float>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: TileVector.self)
  }

  @inline(__always)
  mutating func addTileProduct(_ a: TileVector, _ b: TileVector) { self = wt_tile_multiply_add(a, b, self) }

  @inline(__always)
  func storeTile(at pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: TileVector.self)
  }

  @inline(__always)
  func storeTile(first count: Int, at pointer: UnsafeMutablePointer<Float>) {
    if count >= Tile.lanes { return storeTile(at: pointer) }
    for lane in 0..<Swift.max(count, 0) { pointer[lane] = self[lane] }
  }
}

/// The operands of one tile: `c += a b` for `depth` steps of the inner extent.
struct TileOperands {
  /// The tile's first row at the first step; its rows are `aRow` apart, its steps `aStep`.
  var a: UnsafePointer<Float>
  var aRow: Int
  var aStep: Int
  /// The tile's first column at the first step; its steps are `bStep` apart, its columns neighbours.
  var b: UnsafePointer<Float>
  var bStep: Int
  /// The tile's first element; its rows are `cRow` apart.
  var c: UnsafeMutablePointer<Float>
  var cRow: Int
  var depth: Int
  /// Whether `c` holds the chains so far; otherwise they start from 0.
  var continues: Bool
  /// The columns to store; the rest of the tile lies outside the result.
  var columns: Int
  /// How often the `depth` steps are run, each time from `a` and `b` moved on by `aRun` and `bRun`: one chain still.
  var runs = 1
  var aRun = 0
  var bRun = 0
}

/// Runs the tile kernel for up to `Tile.rows` rows.
func runTile(_ operands: TileOperands, rows: Int) {
  if operands.columns > Tile.lanes {
    switch rows {
    case 1: tile(operands, rows: 1, wide: true)
    case 2: tile(operands, rows: 2, wide: true)
    case 3: tile(operands, rows: 3, wide: true)
    case 4: tile(operands, rows: 4, wide: true)
    case 5: tile(operands, rows: 5, wide: true)
    case 6: tile(operands, rows: 6, wide: true)
    case 7: tile(operands, rows: 7, wide: true)
    default: tile(operands, rows: 8, wide: true)
    }
  } else {
    switch rows {
    case 1: tile(operands, rows: 1, wide: false)
    case 2: tile(operands, rows: 2, wide: false)
    case 3: tile(operands, rows: 3, wide: false)
    case 4: tile(operands, rows: 4, wide: false)
    case 5: tile(operands, rows: 5, wide: false)
    case 6: tile(operands, rows: 6, wide: false)
    case 7: tile(operands, rows: 7, wide: false)
    default: tile(operands, rows: 8, wide: false)
    }
  }
}

/// The kernel, written once; `rows` and `wide` are constants at each call, so that unused rows vanish.
///
/// Each lane is one chain of fused multiply-adds over ascending steps.
@inline(__always)
private func tile(_ o: TileOperands, rows: Int, wide: Bool) {
  let c = o.c
  let n = o.cRow
  let zero = TileVector(repeating: 0)
  var (c00, c01, c10, c11) = (zero, zero, zero, zero)
  var (c20, c21, c30, c31) = (zero, zero, zero, zero)
  var (c40, c41, c50, c51) = (zero, zero, zero, zero)
  var (c60, c61, c70, c71) = (zero, zero, zero, zero)
  let right = Tile.lanes
  if o.continues {
    c00 = TileVector(tileAt: c)
    if wide { c01 = TileVector(tileAt: c + right) }
    if rows > 1 { c10 = TileVector(tileAt: c + n) }
    if rows > 1 && wide { c11 = TileVector(tileAt: c + n + right) }
    if rows > 2 { c20 = TileVector(tileAt: c + 2 * n) }
    if rows > 2 && wide { c21 = TileVector(tileAt: c + 2 * n + right) }
    if rows > 3 { c30 = TileVector(tileAt: c + 3 * n) }
    if rows > 3 && wide { c31 = TileVector(tileAt: c + 3 * n + right) }
    if rows > 4 { c40 = TileVector(tileAt: c + 4 * n) }
    if rows > 4 && wide { c41 = TileVector(tileAt: c + 4 * n + right) }
    if rows > 5 { c50 = TileVector(tileAt: c + 5 * n) }
    if rows > 5 && wide { c51 = TileVector(tileAt: c + 5 * n + right) }
    if rows > 6 { c60 = TileVector(tileAt: c + 6 * n) }
    if rows > 6 && wide { c61 = TileVector(tileAt: c + 6 * n + right) }
    if rows > 7 { c70 = TileVector(tileAt: c + 7 * n) }
    if rows > 7 && wide { c71 = TileVector(tileAt: c + 7 * n + right) }
  }
  let row = o.aRow
  let a4 = 4 * row
  var aStart = o.a
  var bStart = o.b
  for _ in 0..<o.runs {
    var a = aStart
    var b = bStart
    for _ in 0..<o.depth {
      let b0 = TileVector(tileAt: b)
      let b1 = wide ? TileVector(tileAt: b + right) : zero
      let second = a + a4
      let a0 = TileVector(repeating: a[0])
      c00.addTileProduct(a0, b0)
      if wide { c01.addTileProduct(a0, b1) }
      if rows > 1 {
        let a1 = TileVector(repeating: a[row])
        c10.addTileProduct(a1, b0)
        if wide { c11.addTileProduct(a1, b1) }
      }
      if rows > 2 {
        let a2 = TileVector(repeating: a[2 * row])
        c20.addTileProduct(a2, b0)
        if wide { c21.addTileProduct(a2, b1) }
      }
      if rows > 3 {
        let a3 = TileVector(repeating: a[3 * row])
        c30.addTileProduct(a3, b0)
        if wide { c31.addTileProduct(a3, b1) }
      }
      if rows > 4 {
        let a4 = TileVector(repeating: second[0])
        c40.addTileProduct(a4, b0)
        if wide { c41.addTileProduct(a4, b1) }
      }
      if rows > 5 {
        let a5 = TileVector(repeating: second[row])
        c50.addTileProduct(a5, b0)
        if wide { c51.addTileProduct(a5, b1) }
      }
      if rows > 6 {
        let a6 = TileVector(repeating: second[2 * row])
        c60.addTileProduct(a6, b0)
        if wide { c61.addTileProduct(a6, b1) }
      }
      if rows > 7 {
        let a7 = TileVector(repeating: second[3 * row])
        c70.addTileProduct(a7, b0)
        if wide { c71.addTileProduct(a7, b1) }
      }
      a += o.aStep
      b += o.bStep
    }
    aStart += o.aRun
    bStart += o.bRun
  }
  store(c00, c01, 0, o, wide)
  if rows > 1 { store(c10, c11, 1, o, wide) }
  if rows > 2 { store(c20, c21, 2, o, wide) }
  if rows > 3 { store(c30, c31, 3, o, wide) }
  if rows > 4 { store(c40, c41, 4, o, wide) }
  if rows > 5 { store(c50, c51, 5, o, wide) }
  if rows > 6 { store(c60, c61, 6, o, wide) }
  if rows > 7 { store(c70, c71, 7, o, wide) }
}

@inline(__always)
private func store(_ left: TileVector, _ right: TileVector, _ row: Int, _ o: TileOperands, _ wide: Bool) {
  let target = o.c + row * o.cRow
  if wide {
    left.storeTile(at: target)
    right.storeTile(first: o.columns - Tile.lanes, at: target + Tile.lanes)
  } else {
    left.storeTile(first: o.columns, at: target)
  }
}
