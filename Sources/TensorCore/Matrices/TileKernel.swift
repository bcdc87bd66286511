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
    run(operands, rows: rows, Wide.self)
  } else {
    run(operands, rows: rows, Narrow.self)
  }
}

// The shape of a tile as a type: each combination is compiled by itself, and the unused rows vanish. (Constant
// arguments are not enough for the optimizer: it keeps one function that asks about its rows at every step.)

private protocol TileHeight { static var rows: Int { get } }
private enum Rows1: TileHeight { @inline(__always) static var rows: Int { 1 } }
private enum Rows2: TileHeight { @inline(__always) static var rows: Int { 2 } }
private enum Rows3: TileHeight { @inline(__always) static var rows: Int { 3 } }
private enum Rows4: TileHeight { @inline(__always) static var rows: Int { 4 } }
private enum Rows5: TileHeight { @inline(__always) static var rows: Int { 5 } }
private enum Rows6: TileHeight { @inline(__always) static var rows: Int { 6 } }
private enum Rows7: TileHeight { @inline(__always) static var rows: Int { 7 } }
private enum Rows8: TileHeight { @inline(__always) static var rows: Int { 8 } }
private enum Rows9: TileHeight { @inline(__always) static var rows: Int { 9 } }
private enum Rows10: TileHeight { @inline(__always) static var rows: Int { 10 } }
private enum Rows11: TileHeight { @inline(__always) static var rows: Int { 11 } }
private enum Rows12: TileHeight { @inline(__always) static var rows: Int { 12 } }
private enum Rows13: TileHeight { @inline(__always) static var rows: Int { 13 } }
private enum Rows14: TileHeight { @inline(__always) static var rows: Int { 14 } }

private protocol TileWidth { static var isWide: Bool { get } }
private enum Wide: TileWidth { @inline(__always) static var isWide: Bool { true } }
private enum Narrow: TileWidth { @inline(__always) static var isWide: Bool { false } }

@inline(__always)
private func run<Width: TileWidth>(_ operands: TileOperands, rows: Int, _ width: Width.Type) {
  switch rows {
  case 1: tile(operands, Rows1.self, width)
  case 2: tile(operands, Rows2.self, width)
  case 3: tile(operands, Rows3.self, width)
  case 4: tile(operands, Rows4.self, width)
  case 5: tile(operands, Rows5.self, width)
  case 6: tile(operands, Rows6.self, width)
  case 7: tile(operands, Rows7.self, width)
  case 8: tile(operands, Rows8.self, width)
  case 9: tile(operands, Rows9.self, width)
  case 10: tile(operands, Rows10.self, width)
  case 11: tile(operands, Rows11.self, width)
  case 12: tile(operands, Rows12.self, width)
  case 13: tile(operands, Rows13.self, width)
  default: tile(operands, Rows14.self, width)
  }
}

/// The kernel, written once. Each lane is one chain of fused multiply-adds over ascending steps.
@inline(never)
private func tile<Height: TileHeight, Width: TileWidth>(_ o: TileOperands, _: Height.Type, _: Width.Type) {
  let (rows, wide) = (Height.rows, Width.isWide)
  let c = o.c
  let n = o.cRow
  let zero = TileVector(repeating: 0)
  var (l0, r0) = (zero, zero)
  var (l1, r1) = (zero, zero)
  var (l2, r2) = (zero, zero)
  var (l3, r3) = (zero, zero)
  var (l4, r4) = (zero, zero)
  var (l5, r5) = (zero, zero)
  var (l6, r6) = (zero, zero)
  var (l7, r7) = (zero, zero)
  var (l8, r8) = (zero, zero)
  var (l9, r9) = (zero, zero)
  var (l10, r10) = (zero, zero)
  var (l11, r11) = (zero, zero)
  var (l12, r12) = (zero, zero)
  var (l13, r13) = (zero, zero)
  let right = Tile.lanes
  if o.continues {
    l0 = TileVector(tileAt: c)
    if wide { r0 = TileVector(tileAt: c + right) }
    if rows > 1 { l1 = TileVector(tileAt: c + n) }
    if rows > 1 && wide { r1 = TileVector(tileAt: c + n + right) }
    if rows > 2 { l2 = TileVector(tileAt: c + 2 * n) }
    if rows > 2 && wide { r2 = TileVector(tileAt: c + 2 * n + right) }
    if rows > 3 { l3 = TileVector(tileAt: c + 3 * n) }
    if rows > 3 && wide { r3 = TileVector(tileAt: c + 3 * n + right) }
    if rows > 4 { l4 = TileVector(tileAt: c + 4 * n) }
    if rows > 4 && wide { r4 = TileVector(tileAt: c + 4 * n + right) }
    if rows > 5 { l5 = TileVector(tileAt: c + 5 * n) }
    if rows > 5 && wide { r5 = TileVector(tileAt: c + 5 * n + right) }
    if rows > 6 { l6 = TileVector(tileAt: c + 6 * n) }
    if rows > 6 && wide { r6 = TileVector(tileAt: c + 6 * n + right) }
    if rows > 7 { l7 = TileVector(tileAt: c + 7 * n) }
    if rows > 7 && wide { r7 = TileVector(tileAt: c + 7 * n + right) }
    if rows > 8 { l8 = TileVector(tileAt: c + 8 * n) }
    if rows > 8 && wide { r8 = TileVector(tileAt: c + 8 * n + right) }
    if rows > 9 { l9 = TileVector(tileAt: c + 9 * n) }
    if rows > 9 && wide { r9 = TileVector(tileAt: c + 9 * n + right) }
    if rows > 10 { l10 = TileVector(tileAt: c + 10 * n) }
    if rows > 10 && wide { r10 = TileVector(tileAt: c + 10 * n + right) }
    if rows > 11 { l11 = TileVector(tileAt: c + 11 * n) }
    if rows > 11 && wide { r11 = TileVector(tileAt: c + 11 * n + right) }
    if rows > 12 { l12 = TileVector(tileAt: c + 12 * n) }
    if rows > 12 && wide { r12 = TileVector(tileAt: c + 12 * n + right) }
    if rows > 13 { l13 = TileVector(tileAt: c + 13 * n) }
    if rows > 13 && wide { r13 = TileVector(tileAt: c + 13 * n + right) }
  }
  let row = o.aRow
  var aStart = o.a
  var bStart = o.b
  for _ in 0..<o.runs {
    // Three rows are reached from each pointer with the machine's own scales.
    var a = aStart
    var b = bStart
    for _ in 0..<o.depth {
      let b0 = TileVector(tileAt: b)
      let b1 = wide ? TileVector(tileAt: b + right) : zero
      accumulate(&l0, &r0, a[0], b0, b1, wide)
      if rows > 1 { accumulate(&l1, &r1, a[row], b0, b1, wide) }
      if rows > 2 { accumulate(&l2, &r2, a[2 * row], b0, b1, wide) }
      if rows > 3 { accumulate(&l3, &r3, a[3 * row], b0, b1, wide) }
      let p1 = a + 4 * row
      if rows > 4 { accumulate(&l4, &r4, p1[0], b0, b1, wide) }
      if rows > 5 { accumulate(&l5, &r5, p1[row], b0, b1, wide) }
      if rows > 6 { accumulate(&l6, &r6, p1[2 * row], b0, b1, wide) }
      if rows > 7 { accumulate(&l7, &r7, p1[3 * row], b0, b1, wide) }
      let p2 = p1 + 4 * row
      if rows > 8 { accumulate(&l8, &r8, p2[0], b0, b1, wide) }
      if rows > 9 { accumulate(&l9, &r9, p2[row], b0, b1, wide) }
      if rows > 10 { accumulate(&l10, &r10, p2[2 * row], b0, b1, wide) }
      if rows > 11 { accumulate(&l11, &r11, p2[3 * row], b0, b1, wide) }
      let p3 = p2 + 4 * row
      if rows > 12 { accumulate(&l12, &r12, p3[0], b0, b1, wide) }
      if rows > 13 { accumulate(&l13, &r13, p3[row], b0, b1, wide) }
      a += o.aStep
      b += o.bStep
    }
    aStart += o.aRun
    bStart += o.bRun
  }
  store(l0, r0, 0, o, wide)
  if rows > 1 { store(l1, r1, 1, o, wide) }
  if rows > 2 { store(l2, r2, 2, o, wide) }
  if rows > 3 { store(l3, r3, 3, o, wide) }
  if rows > 4 { store(l4, r4, 4, o, wide) }
  if rows > 5 { store(l5, r5, 5, o, wide) }
  if rows > 6 { store(l6, r6, 6, o, wide) }
  if rows > 7 { store(l7, r7, 7, o, wide) }
  if rows > 8 { store(l8, r8, 8, o, wide) }
  if rows > 9 { store(l9, r9, 9, o, wide) }
  if rows > 10 { store(l10, r10, 10, o, wide) }
  if rows > 11 { store(l11, r11, 11, o, wide) }
  if rows > 12 { store(l12, r12, 12, o, wide) }
  if rows > 13 { store(l13, r13, 13, o, wide) }
}

@inline(__always)
private func accumulate(
  _ left: inout TileVector, _ right: inout TileVector, _ a: Float, _ b0: TileVector, _ b1: TileVector, _ wide: Bool
) {
  let factor = TileVector(repeating: a)
  left.addTileProduct(factor, b0)
  if wide { right.addTileProduct(factor, b1) }
  // One factor at a time: the sums need the other registers.
  wt_keep_order()
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
