internal import Figures
internal import PNGCoding

/// A picture in memory, 8 bits a channel.
struct Raster {
  var width: Int
  var height: Int
  var layout: PNGWriter.Layout
  var pixels: [UInt8]

  /// Nil where PNG has no form for it, such as a picture without pixels.
  var png: [UInt8]? { try? PNGWriter.png(pixels, width: width, height: height, layout: layout) }

  var dataURI: String? { png.map { "data:image/png;base64," + Base64.encode($0) } }
}

extension Raster {
  /// A pixel for each cell; a missing value is transparent.
  init(_ map: HeatMapMark) {
    let colors = HeatMapColors(map)
    self.init(width: map.grid.columns, height: map.grid.rows, layout: .rgba, pixels: [])
    pixels.reserveCapacity(map.grid.values.count * 4)
    for value in map.grid.values {
      let color = colors.color(of: value)
      pixels += color.map { [$0.red, $0.green, $0.blue, 255] } ?? [0, 0, 0, 0]
    }
  }

  /// The colours themselves, from the lowest value at the left or at the bottom to the highest.
  init(barOf map: HeatMapMark, isVertical: Bool) {
    let colors = HeatMapColors(map)
    let length = 128
    self.init(width: isVertical ? 1 : length, height: isVertical ? length : 1, layout: .rgb, pixels: [])
    for step in 0..<length {
      let part = (Double(isVertical ? length - 1 - step : step) + 0.5) / Double(length)
      let value = colors.range.lowerBound + part * (colors.range.upperBound - colors.range.lowerBound)
      if let color = colors.color(of: value) { pixels += [color.red, color.green, color.blue] }
    }
  }

  /// A whole image grid, each pixel `scale` pixels wide and high, transparent between the pictures.
  init(_ grid: ImageGrid, gap: Int, scale: Int) {
    let rows = (0..<grid.rows).map { Raster(row: $0, of: grid, gap: gap).expanded }
    let width = rows.map(\.width).max() ?? 0
    self.init(width: width * scale, height: 0, layout: .rgba, pixels: [])
    let blank = [UInt8](repeating: 0, count: width * scale * gap * scale * 4)
    for (index, row) in rows.enumerated() {
      if index > 0 {
        pixels += blank
        height += gap * scale
      }
      for y in 0..<row.height {
        var line: [UInt8] = []
        line.reserveCapacity(width * scale * 4)
        for x in 0..<width {
          let start = (y * row.width + x) * 4
          let pixel = x < row.width ? row.pixels[start..<start + 4] : [0, 0, 0, 0]
          for _ in 0..<scale { line += pixel }
        }
        for _ in 0..<scale { pixels += line }
      }
      height += row.height * scale
    }
  }

  /// The same picture with four channels.
  private var expanded: Raster {
    let channels = layout.rawValue
    let hasAlpha = layout == .grayAlpha || layout == .rgba
    var result = Raster(width: width, height: height, layout: .rgba, pixels: [])
    result.pixels.reserveCapacity(width * height * 4)
    for start in stride(from: 0, to: pixels.count, by: channels) {
      let isGray = channels < 3
      for channel in 0..<3 { result.pixels.append(pixels[start + (isGray ? 0 : channel)]) }
      result.pixels.append(hasAlpha ? pixels[start + channels - 1] : 255)
    }
    return result
  }

  /// One row of an image grid as a strip, with `gap` transparent pixels between the pictures.
  init(row: Int, of grid: ImageGrid, gap: Int) {
    let first = row * grid.columns
    let count = max(0, min(grid.columns, grid.count - first))
    let isGray = grid.channels == 1
    self.init(
      width: count * grid.width + max(0, count - 1) * gap, height: grid.height,
      layout: count < 2 || gap == 0 ? (isGray ? .gray : .rgb) : (isGray ? .grayAlpha : .rgba), pixels: [])
    let hasAlpha = layout == .grayAlpha || layout == .rgba
    pixels.reserveCapacity(width * height * layout.rawValue)
    for y in 0..<height {
      for index in 0..<count {
        if index > 0 { pixels += [UInt8](repeating: 0, count: gap * layout.rawValue) }
        let start = ((first + index) * grid.height + y) * grid.width * grid.channels
        for x in 0..<grid.width {
          pixels += grid.pixels[start + x * grid.channels..<start + (x + 1) * grid.channels]
          if hasAlpha { pixels.append(255) }
        }
      }
    }
  }
}
