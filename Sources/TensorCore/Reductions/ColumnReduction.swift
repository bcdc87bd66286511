/// The sums along the middle axis of `[outer, extent, inner]`.
func sumMiddle(
  _ source: UnsafePointer<Float>, outer: Int, extent: Int, inner: Int, into destination: UnsafeMutablePointer<Float>
) {
  if inner == 1 {
    for index in 0..<outer { destination[index] = sumPlain(source + index * extent, extent) }
    return
  }
  reduceMiddle(outer: outer, extent: extent, inner: inner, into: destination, element: StoredElement(source))
}

/// What ``reduceMiddle(outer:extent:inner:into:element:)`` sums. (A type and not a closure: the optimizer compiles the
/// loop anew for each, and leaves no call in it.)
protocol ColumnElement {
  /// The vector at an offset into the whole array, of which `lanes` count. It is asked for once, so it may store what it
  /// computes.
  func vector(at offset: Int, lanes: Int) -> Vector
}

/// What lies in memory.
struct StoredElement: ColumnElement {
  let source: UnsafePointer<Float>

  init(_ source: UnsafePointer<Float>) { self.source = source }

  @inline(__always) func vector(at offset: Int, lanes: Int) -> Vector { Vector(at: source + offset) }
}

/// How many columns are summed side by side: four cache lines of each row.
let columnBandWidth = 64

/// Sums vectors along the middle axis of `[outer, extent, inner]`, in the order that `Reduction.swift` fixes.
func reduceMiddle(
  outer: Int, extent: Int, inner: Int, into destination: UnsafeMutablePointer<Float>, element: some ColumnElement
) {
  let bands = (inner + columnBandWidth - 1) / columnBandWidth
  let scratch = reductionScratch(extent: extent)
  func work(_ task: Int, _ scratch: UnsafeMutablePointer<Float>) {
    let (index, band) = task.quotientAndRemainder(dividingBy: bands)
    let column = band * columnBandWidth
    reduceBand(
      start: index * extent * inner + column, extent: extent, stride: inner,
      width: Swift.min(columnBandWidth, inner - column),
      into: destination + index * inner + column, scratch: scratch, element: element)
  }
  let tasks = outer * bands
  if outer * extent * inner >= 2 * Tensor.parallelGrain {
    parallelFor(tasks, scratch: scratch, work)
  } else {
    let memory = TensorStorage(holding: scratch)
    for task in 0..<tasks { work(task, memory.base) }
    withExtendedLifetime(memory) {}
  }
}

/// The scratch that sums over so many rows need: sixteen partial sums of a band, the results of all blocks behind them,
/// and where there are several blocks, the same for their sums.
func reductionScratch(extent: Int) -> Int {
  let blocks = Swift.max(1, (extent + reductionBlock - 1) / reductionBlock)
  return (16 + blocks) * columnBandWidth + (blocks > 1 ? columnBandWidth + reductionScratch(extent: blocks) : 0)
}

/// Sums of up to `columnBandWidth` neighbouring columns. Row `r` goes to partial sum `r mod 16`; the partial sums of a block
/// of rows are added by the tree, and so are those of the blocks.
@inline(never)
func reduceBand(
  start: Int, extent: Int, stride: Int, width: Int, into destination: UnsafeMutablePointer<Float>,
  scratch: UnsafeMutablePointer<Float>, element: some ColumnElement
) {
  let blocks = Swift.max(1, (extent + reductionBlock - 1) / reductionBlock)
  let (whole, vectors) = (width / 16, (width + 15) / 16)
  let partial = scratch
  let results = partial + 16 * columnBandWidth
  for block in 0..<blocks {
    partial.update(repeating: 0, count: 16 * columnBandWidth)
    let first = block * reductionBlock
    let last = Swift.min(extent, first + reductionBlock)
    var row = first
    while row < last {
      let sums = partial + (row & 15) * columnBandWidth
      let offset = start + row * stride
      @inline(__always) func add(_ vector: Int, _ lanes: Int) {
        let target = sums + vector * 16
        (Vector(at: target) + element.vector(at: offset + vector * 16, lanes: lanes)).store(at: target)
      }
      // Whole vectors apart from the last one: what is known to be whole is stored without asking.
      for vector in 0..<whole { add(vector, 16) }
      if whole < vectors { add(whole, width - whole * 16) }
      row += 1
    }
    addTree(partial, rows: 16, vectors: vectors, into: results + block * columnBandWidth)
  }
  if blocks > 1 {
    sumRows(
      UnsafePointer(results), rows: blocks, vectors: vectors, into: results, scratch: results + blocks * columnBandWidth
    )
  }
  for column in 0..<width { destination[column] = results[column] }
}

/// Adds sixteen rows into one: halves are added to each other four times, as in `Vector.treeSum`. Overwrites them.
private func addTree(
  _ rows: UnsafeMutablePointer<Float>, rows count: Int, vectors: Int, into result: UnsafeMutablePointer<Float>
) {
  var half = count / 2
  while half > 0 {
    for row in 0..<half {
      for vector in 0..<vectors {
        let target = rows + row * columnBandWidth + vector * 16
        (Vector(at: target) + Vector(at: target + half * columnBandWidth)).store(at: target)
      }
    }
    half /= 2
  }
  for vector in 0..<vectors { Vector(at: rows + vector * 16).store(at: result + vector * 16) }
}

/// Sums the blocks' results; `into` may be their first row.
private func sumRows(
  _ source: UnsafePointer<Float>, rows: Int, vectors: Int, into result: UnsafeMutablePointer<Float>,
  scratch: UnsafeMutablePointer<Float>
) {
  reduceBand(
    start: 0, extent: rows, stride: columnBandWidth, width: vectors * 16, into: scratch,
    scratch: scratch + columnBandWidth,
    element: StoredElement(source))
  for vector in 0..<vectors { Vector(at: scratch + vector * 16).store(at: result + vector * 16) }
}
