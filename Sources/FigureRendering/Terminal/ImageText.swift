internal import Figures

/// An image grid as text. With colour a cell holds two pixels, one above the other; without, eight dots of dithered
/// Braille. Pictures that are too large are averaged down, and columns without room stand below the others.
struct ImageText {
  private let grid: ImageGrid
  private let colors: TerminalColors
  private let width: Int
  /// How many pixels of a picture, across and down, become one.
  private let factor: Int
  private let columns: Int

  private static let gap = 1

  init(_ grid: ImageGrid, width: Int, colors: TerminalColors) {
    self.grid = grid
    self.width = width
    self.colors = colors
    let cellPixels = colors == .none ? 2 : 1
    func fitting(_ factor: Int) -> Int {
      let cells = Self.cells(grid.width, factor: factor, per: cellPixels)
      return (width + Self.gap) / (cells + Self.gap)
    }
    let existing = max(1, min(grid.columns, grid.count))
    var factor = 1
    // Four pictures side by side say more than two sharper ones; below eight pixels they say nothing.
    while fitting(factor) < min(existing, 4), grid.width / (factor + 1) >= 8 { factor += 1 }
    while fitting(factor) < 1 { factor += 1 }
    self.factor = factor
    columns = min(existing, fitting(factor))
  }

  private static func cells(_ pixels: Int, factor: Int, per cell: Int) -> Int {
    let reduced = (pixels + factor - 1) / factor
    return (reduced + cell - 1) / cell
  }

  var canvas: TextCanvas {
    var canvas = TextCanvas(width: width)
    if !grid.title.isEmpty { canvas.write(TextCanvas.truncated(grid.title, to: width), x: 0, y: 0, weight: .bold) }
    let existing = min(grid.columns, grid.count)
    for first in stride(from: 0, to: existing, by: columns) {
      if first > 0 { canvas.grow(to: canvas.height + 1) }
      draw(columns: first..<min(first + columns, existing), on: &canvas)
    }
    return canvas
  }

  /// All rows of some neighbouring columns, below what is there.
  private func draw(columns shown: Range<Int>, on canvas: inout TextCanvas) {
    let step = Self.cells(grid.width, factor: factor, per: colors == .none ? 2 : 1) + Self.gap
    if !grid.columnLabels.isEmpty {
      let y = canvas.height
      for (place, column) in shown.enumerated() {
        canvas.write(TextCanvas.truncated(grid.columnLabels[column], to: step - 1), x: place * step, y: y)
      }
    }
    for row in 0..<grid.rows {
      if grid.rowLabels.indices.contains(row) {
        canvas.write(TextCanvas.truncated(grid.rowLabels[row], to: width), x: 0, y: canvas.height)
      }
      let y = canvas.height
      for (place, column) in shown.enumerated() where row * grid.columns + column < grid.count {
        draw(row * grid.columns + column, on: &canvas, x: place * step, y: y)
      }
    }
  }

  private func draw(_ index: Int, on canvas: inout TextCanvas, x: Int, y: Int) {
    let picture = reduced(index)
    if colors == .none {
      draw(dithered: picture, on: &canvas, x: x, y: y)
      return
    }
    for row in stride(from: 0, to: picture.height, by: 2) {
      for column in 0..<picture.width {
        let lower = row + 1 < picture.height ? picture[column, row + 1] : nil
        canvas.set("▀", x: x + column, y: y + row / 2, foreground: picture[column, row], background: lower)
      }
    }
  }

  /// Ordered dithering with Bayer's matrix: a pixel's dot is set where it is lighter than the matrix says.
  private func draw(dithered picture: Reduced, on canvas: inout TextCanvas, x: Int, y: Int) {
    let thresholds = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]
    var dots = BrailleGrid(columns: (picture.width + 1) / 2, rows: (picture.height + 3) / 4)
    for row in 0..<picture.height {
      for column in 0..<picture.width {
        let color = picture[column, row]
        let light = 2 * Int(color.red) + 5 * Int(color.green) + Int(color.blue)
        if light * 16 > (thresholds[row % 4 * 4 + column % 4] * 2 + 1) * 8 * 255 / 2 {
          dots.set(x: column, y: row, color: nil)
        }
      }
    }
    // A dark picture has no dots, and takes its lines nevertheless.
    canvas.grow(to: y + dots.rows)
    dots.draw(on: &canvas, x: x, y: y)
  }

  private struct Reduced {
    var width: Int
    var height: Int
    var pixels: [TerminalColor]

    subscript(_ x: Int, _ y: Int) -> TerminalColor { pixels[y * width + x] }
  }

  /// A picture with each square of `factor` by `factor` pixels averaged.
  private func reduced(_ index: Int) -> Reduced {
    let size = (
      width: Self.cells(grid.width, factor: factor, per: 1), height: Self.cells(grid.height, factor: factor, per: 1)
    )
    var pixels: [TerminalColor] = []
    for y in 0..<size.height {
      for x in 0..<size.width {
        var sums = [0, 0, 0]
        var count = 0
        for py in y * factor..<min(grid.height, (y + 1) * factor) {
          for px in x * factor..<min(grid.width, (x + 1) * factor) {
            let start = ((index * grid.height + py) * grid.width + px) * grid.channels
            for channel in 0..<3 { sums[channel] += Int(grid.pixels[start + (grid.channels == 3 ? channel : 0)]) }
            count += 1
          }
        }
        let mean = sums.map { UInt8(($0 + count / 2) / max(1, count)) }
        pixels.append(TerminalColor(red: mean[0], green: mean[1], blue: mean[2]))
      }
    }
    return Reduced(width: size.width, height: size.height, pixels: pixels)
  }
}
