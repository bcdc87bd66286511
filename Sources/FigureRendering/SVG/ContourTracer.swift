internal import Figures

/// Marching squares over the centres of a grid's cells, with straight interpolation along the edges. A square with a
/// missing value is left out; at a saddle the mean of the four corners decides.
struct ContourTracer {
  private let grid: GridValues

  init(_ grid: GridValues) { self.grid = grid }

  /// An edge of the grid of centres: from (row, column) to the right or down.
  private struct Edge: Hashable {
    var row: Int
    var column: Int
    var isDown: Bool
  }

  /// The curves along which the values equal `level`, in the units of the axes. A closed one ends where it starts.
  func curves(at level: Double) -> [[(x: Double, y: Double)]] {
    guard grid.rows > 1, grid.columns > 1 else { return [] }
    var neighbours: [Edge: [Edge]] = [:]
    var order: [Edge] = []
    for row in 0..<grid.rows - 1 {
      for column in 0..<grid.columns - 1 {
        for (a, b) in segments(row: row, column: column, level: level) {
          for (from, to) in [(a, b), (b, a)] {
            if neighbours[from] == nil { order.append(from) }
            neighbours[from, default: []].append(to)
          }
        }
      }
    }
    var visited: Set<Edge> = []
    var curves: [[(x: Double, y: Double)]] = []
    // Open curves first, from an end; what is left is closed.
    for start in order.filter({ neighbours[$0]?.count == 1 }) + order where !visited.contains(start) {
      var edges = [start]
      visited.insert(start)
      while let last = edges.last, let next = neighbours[last]?.first(where: { !visited.contains($0) }) {
        edges.append(next)
        visited.insert(next)
      }
      let isClosed = edges.count > 2 && neighbours[start]?.count == 2
      curves.append((isClosed ? edges + [start] : edges).map { crossing($0, level: level) })
    }
    return curves
  }

  private func segments(row: Int, column: Int, level: Double) -> [(Edge, Edge)] {
    let corners = [
      value(row, column), value(row, column + 1), value(row + 1, column + 1), value(row + 1, column),
    ]
    guard corners.allSatisfy({ PositionScale.isPresent($0, isLogarithmic: false) }) else { return [] }
    let top = Edge(row: row, column: column, isDown: false)
    let right = Edge(row: row, column: column + 1, isDown: true)
    let bottom = Edge(row: row + 1, column: column, isDown: false)
    let left = Edge(row: row, column: column, isDown: true)
    let above = corners.map { $0 > level }
    switch (above[0], above[1], above[2], above[3]) {
    case (false, false, false, false), (true, true, true, true): return []
    case (true, false, false, false), (false, true, true, true): return [(left, top)]
    case (false, true, false, false), (true, false, true, true): return [(top, right)]
    case (false, false, true, false), (true, true, false, true): return [(right, bottom)]
    case (false, false, false, true), (true, true, true, false): return [(bottom, left)]
    case (true, true, false, false), (false, false, true, true): return [(left, right)]
    case (true, false, false, true), (false, true, true, false): return [(top, bottom)]
    case (true, false, true, false), (false, true, false, true):
      let centerIsAbove = corners.reduce(0, +) / 4 > level
      return centerIsAbove == above[0] ? [(top, right), (bottom, left)] : [(left, top), (right, bottom)]
    }
  }

  private func value(_ row: Int, _ column: Int) -> Double { grid.values[row * grid.columns + column] }

  private func crossing(_ edge: Edge, level: Double) -> (x: Double, y: Double) {
    let first = value(edge.row, edge.column)
    let second = edge.isDown ? value(edge.row + 1, edge.column) : value(edge.row, edge.column + 1)
    let part = (level - first) / (second - first)
    let column = Double(edge.column) + (edge.isDown ? 0 : part) + 0.5
    let row = Double(edge.row) + (edge.isDown ? part : 0) + 0.5
    let x = grid.xRange.lowerBound + column / Double(grid.columns) * (grid.xRange.upperBound - grid.xRange.lowerBound)
    let y = grid.yRange.upperBound - row / Double(grid.rows) * (grid.yRange.upperBound - grid.yRange.lowerBound)
    return (x, y)
  }
}
