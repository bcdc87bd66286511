internal import CKernels

/// The columns that the row kernel computes at once.
let rowKernelColumns = 8 * Tile.lanes

/// Runs the kernel for one row of up to `rowKernelColumns` columns: eight chains side by side keep a core busy, where a
/// tile of one row would wait for each of its two.
///
/// Each lane is one chain of fused multiply-adds over ascending steps, as in a tile. The columns are rounded up to whole
/// vectors: `b` must be readable that far, and `c` where the chains continue.
func runRow(_ operands: TileOperands) {
  switch (operands.columns + Tile.lanes - 1) / Tile.lanes {
  case 1: row(operands, Vectors1.self)
  case 2: row(operands, Vectors2.self)
  case 3: row(operands, Vectors3.self)
  case 4: row(operands, Vectors4.self)
  case 5: row(operands, Vectors5.self)
  case 6: row(operands, Vectors6.self)
  case 7: row(operands, Vectors7.self)
  default: row(operands, Vectors8.self)
  }
}

private protocol RowWidth { static var vectors: Int { get } }
private enum Vectors1: RowWidth { @inline(__always) static var vectors: Int { 1 } }
private enum Vectors2: RowWidth { @inline(__always) static var vectors: Int { 2 } }
private enum Vectors3: RowWidth { @inline(__always) static var vectors: Int { 3 } }
private enum Vectors4: RowWidth { @inline(__always) static var vectors: Int { 4 } }
private enum Vectors5: RowWidth { @inline(__always) static var vectors: Int { 5 } }
private enum Vectors6: RowWidth { @inline(__always) static var vectors: Int { 6 } }
private enum Vectors7: RowWidth { @inline(__always) static var vectors: Int { 7 } }
private enum Vectors8: RowWidth { @inline(__always) static var vectors: Int { 8 } }

@inline(never)
private func row<Width: RowWidth>(_ o: TileOperands, _: Width.Type) {
  let vectors = Width.vectors
  let lanes = Tile.lanes
  let zero = TileVector(repeating: 0)
  var (c0, c1, c2, c3, c4, c5, c6, c7) = (zero, zero, zero, zero, zero, zero, zero, zero)
  if o.continues {
    c0 = TileVector(tileAt: o.c)
    if vectors > 1 { c1 = TileVector(tileAt: o.c + lanes) }
    if vectors > 2 { c2 = TileVector(tileAt: o.c + 2 * lanes) }
    if vectors > 3 { c3 = TileVector(tileAt: o.c + 3 * lanes) }
    if vectors > 4 { c4 = TileVector(tileAt: o.c + 4 * lanes) }
    if vectors > 5 { c5 = TileVector(tileAt: o.c + 5 * lanes) }
    if vectors > 6 { c6 = TileVector(tileAt: o.c + 6 * lanes) }
    if vectors > 7 { c7 = TileVector(tileAt: o.c + 7 * lanes) }
  }
  var (aStart, bStart) = (o.a, o.b)
  for _ in 0..<o.runs {
    var (a, b) = (aStart, bStart)
    for _ in 0..<o.depth {
      let factor = TileVector(repeating: a[0])
      c0.addTileProduct(factor, TileVector(tileAt: b))
      if vectors > 1 { c1.addTileProduct(factor, TileVector(tileAt: b + lanes)) }
      if vectors > 2 { c2.addTileProduct(factor, TileVector(tileAt: b + 2 * lanes)) }
      if vectors > 3 { c3.addTileProduct(factor, TileVector(tileAt: b + 3 * lanes)) }
      if vectors > 4 { c4.addTileProduct(factor, TileVector(tileAt: b + 4 * lanes)) }
      if vectors > 5 { c5.addTileProduct(factor, TileVector(tileAt: b + 5 * lanes)) }
      if vectors > 6 { c6.addTileProduct(factor, TileVector(tileAt: b + 6 * lanes)) }
      if vectors > 7 { c7.addTileProduct(factor, TileVector(tileAt: b + 7 * lanes)) }
      a += o.aStep
      b += o.bStep
    }
    aStart += o.aRun
    bStart += o.bRun
  }
  c0.storeTile(first: o.columns, at: o.c)
  if vectors > 1 { c1.storeTile(first: o.columns - lanes, at: o.c + lanes) }
  if vectors > 2 { c2.storeTile(first: o.columns - 2 * lanes, at: o.c + 2 * lanes) }
  if vectors > 3 { c3.storeTile(first: o.columns - 3 * lanes, at: o.c + 3 * lanes) }
  if vectors > 4 { c4.storeTile(first: o.columns - 4 * lanes, at: o.c + 4 * lanes) }
  if vectors > 5 { c5.storeTile(first: o.columns - 5 * lanes, at: o.c + 5 * lanes) }
  if vectors > 6 { c6.storeTile(first: o.columns - 6 * lanes, at: o.c + 6 * lanes) }
  if vectors > 7 { c7.storeTile(first: o.columns - 7 * lanes, at: o.c + 7 * lanes) }
}
