internal import Figures
internal import Markup

/// All frames side by side, each under its label.
struct FilmstripDrawing {
  private let frames: Frames
  private let id: String
  private let width: Double

  private static let gap = 16.0

  init(_ frames: Frames, id: String, width: Double) {
    self.frames = frames
    self.id = id
    self.width = width
  }

  var drawing: Drawing {
    let columns = max(1, min(frames.pictures.count, Int((width + Self.gap) / (190 + Self.gap))))
    let columnWidth = (width - Double(columns - 1) * Self.gap) / Double(columns)
    let title = Drawing.title(frames.title, width: width)
    let drawings = Self.drawings(of: frames, id: id, width: columnWidth)
    var strip = Drawing.grid(drawings, columns: columns, columnWidth: columnWidth, gap: Self.gap, y: title.height)
    strip.nodes = title.nodes + strip.nodes
    return strip
  }

  /// The frames one by one. Plots share the ranges of their axes, so that nothing moves but the data.
  static func drawings(of frames: Frames, id: String, width: Double) -> [Drawing] {
    let plots = frames.pictures.map { if case .plot(let plot) = $0 { plot } else { Plot() } }
    let shared = SharedDomains(plots)
    return zip(frames.pictures, frames.labels).enumerated().map { index, frame in
      let name = "\(id)-f\(index)"
      switch frame.0 {
      case .plot(let plot):
        var plot = shared.applied(to: plot)
        if plot.title.isEmpty { plot.title = frame.1 }
        let style = PlotLayout.Style(width: width, isNarrow: true, areaHeight: width * 0.75)
        let drawing = PlotDrawing(plot, style: style, id: name)
        return Drawing(drawing, data: drawing.data(id: "\(name)-data"))
      case .images(var grid):
        if grid.title.isEmpty { grid.title = frame.1 }
        return ImageGridDrawing(grid, id: name, width: width, isNarrow: true).drawing
      }
    }
  }
}
