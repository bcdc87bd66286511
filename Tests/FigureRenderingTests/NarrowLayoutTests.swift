import FigureRendering
import Figures
import Foundation
import Markup
import Testing

/// A page holds a figure's data once, for two layouts whose axes may end differently: in both a value stands where the axis
/// says.
@Suite struct NarrowLayoutTests {
  private struct Transform {
    var shift = [0.0, 0.0]
    var scale: [Double]

    /// That of the first reference to data in a page's markup.
    init(of markup: String) throws {
      let pattern = /transform="(?:translate\(([^ ]*) ([^)]*)\) )?scale\(([^ ]*) ([^)]*)\)"/
      let match = try #require(try pattern.firstMatch(in: markup))
      scale = try [match.3, match.4].map { try #require(Double($0)) }
      if let x = match.1, let y = match.2 { shift = try [x, y].map { try #require(Double($0)) } }
    }
  }

  @Test(arguments: [Axis.Scale.linear, .log]) func valuesStandWhereTheNarrowAxisSays(scale: Axis.Scale) throws {
    let ranges = zip(LayoutTests.ranges(count: 150, seed: 3), LayoutTests.ranges(count: 150, seed: 4))
    var otherEnds = 0
    for (x, y) in ranges {
      let y = scale == .log ? abs(y.upperBound)...(abs(y.upperBound) * 47) : y
      let plot = LayoutTests.plot(x, y, yScale: scale)
      let wide = PlotLayout(plot, style: PlotLayout.Style(width: SVGRenderer.defaultWidth, isNarrow: false))
      let narrow = PlotLayout(plot, style: PlotLayout.Style(width: SVGRenderer.narrowWidth, isNarrow: true))
      let transform = try Transform(of: Serializer.html(SVGRenderer.render(.plot(plot), id: "f", title: "t")))
      if (wide.yScale.low, wide.yScale.high) != (narrow.yScale.low, narrow.yScale.high) { otherEnds += 1 }
      for (x, y) in [(x.lowerBound, y.lowerBound), (x.upperBound, y.upperBound)] {
        let drawn = try Self.place(x, y, wide)
        let wanted = try Self.place(x, y, narrow)
        for axis in 0..<2 {
          let found = transform.shift[axis] + transform.scale[axis] * drawn[axis]
          #expect(abs(found - wanted[axis]) < 0.6, "\(x), \(y): \(found) for \(wanted[axis])")
        }
      }
    }
    #expect(otherEnds > 0, "no axis ended otherwise: nothing was tested")
  }

  /// Where a point stands within a layout's area.
  private static func place(_ x: Double, _ y: Double, _ layout: PlotLayout) throws -> [Double] {
    let (right, up) = (try #require(layout.xScale.position(x)), try #require(layout.yScale.position(y)))
    return [right * layout.area.width, (1 - up) * layout.area.height]
  }
}
