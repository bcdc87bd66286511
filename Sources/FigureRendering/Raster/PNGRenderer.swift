package import Figures

/// Figures that are pictures as PNG.
package enum PNGRenderer {
  /// An image grid with its pixels enlarged to squares, so that small pictures can be seen. Nil for figures that are
  /// drawings and want SVG, and for a grid without pictures.
  package static func png(_ figure: Figure, scale: Int = 4) -> [UInt8]? {
    guard case .images(let grid) = figure, grid.count > 0 else { return nil }
    // A large picture is large enough as it is.
    let fitting = max(1, min(scale, 4096 / max(1, grid.columns * grid.width)))
    return Raster(grid, gap: max(1, grid.width / 14), scale: fitting).png
  }
}
