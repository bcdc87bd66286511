extension Graph {
  /// Whether the graph can be drawn in the plane without crossings, decided exactly, block by block, by the method of
  /// Demoucron, Malgrange and Pertuiset (1964): a cycle is drawn; then, again and again, a path of one of the remaining
  /// fragments is drawn into a face whose border holds all of the fragment's contacts. When a fragment has no such face,
  /// the graph is not planar; when each has several, any one will do.
  public var isPlanar: Bool {
    // Euler: no planar graph has more edges.
    if vertexCount >= 3, edgeCount > 3 * vertexCount - 6 { return false }
    return blocks.allSatisfy { block in
      // The smallest graphs that are not planar have 9 and 10 edges.
      block.count < 9 || PlanarDrawing(block, vertexCount: vertexCount).canBeCompleted()
    }
  }
}

/// A drawing of a part of a block, known by the borders of its faces.
private struct PlanarDrawing {
  private let graph: Graph
  /// The vertices along the border of each face; a cycle each, since a block stays one while it is drawn.
  private var faces: [[Int]]
  private var isDrawn: [Bool]
  private var drawn: Set<Graph.Edge>

  /// Begins with a cycle of the block.
  init(_ block: [Graph.Edge], vertexCount: Int) {
    graph = Graph(vertexCount: vertexCount, edges: block)
    let cycle = PlanarDrawing.cycle(in: graph, through: block[0])
    faces = [cycle, cycle]
    isDrawn = Array(repeating: false, count: vertexCount)
    drawn = []
    draw(cycle)
    if let first = cycle.first, let last = cycle.last { drawn.insert(Graph.Edge(first, last)) }
  }

  /// Marks the vertices and edges of a path.
  private mutating func draw(_ path: [Int]) {
    for vertex in path { isDrawn[vertex] = true }
    for (a, b) in zip(path, path.dropFirst()) { drawn.insert(Graph.Edge(a, b)) }
  }

  /// A shortest cycle through an edge of a block with more than one.
  private static func cycle(in graph: Graph, through edge: Graph.Edge) -> [Int] {
    var rest = graph
    rest.remove(edge)
    return path(in: rest, from: edge.first, to: edge.second) { _ in true }
  }

  /// A shortest path whose inner vertices all pass the test.
  private static func path(in graph: Graph, from start: Int, to end: Int, through isAllowed: (Int) -> Bool) -> [Int] {
    var previous = [Int](repeating: -1, count: graph.vertexCount)
    previous[start] = start
    var queue = [start]
    var place = 0
    while place < queue.count, previous[end] < 0 {
      let vertex = queue[place]
      place += 1
      for other in graph.neighbors[vertex] where previous[other] < 0 && (other == end || isAllowed(other)) {
        previous[other] = vertex
        queue.append(other)
      }
    }
    var path = [end]
    while let last = path.last, last != start, previous[last] >= 0 { path.append(previous[last]) }
    return path.reversed()
  }

  /// What is not yet drawn and hangs together: one edge between drawn vertices, or undrawn vertices with the edges at
  /// them.
  private struct Fragment {
    /// Undrawn vertices.
    var inner: Set<Int>
    /// The drawn vertices that it is joined to.
    var contacts: [Int]
  }

  func canBeCompleted() -> Bool {
    var drawing = self
    while true {
      let fragments = drawing.fragments()
      if fragments.isEmpty { return true }
      var choice: (fragment: Fragment, face: Int)?
      for fragment in fragments {
        let possible = drawing.faces.indices.filter { face in
          fragment.contacts.allSatisfy { drawing.faces[face].contains($0) }
        }
        guard let face = possible.first else { return false }
        // A fragment with a single face has to go there, so it goes first.
        if possible.count == 1 {
          choice = (fragment, face)
          break
        }
        if choice == nil { choice = (fragment, face) }
      }
      guard let choice else { return true }
      drawing.draw(choice.fragment, into: choice.face)
    }
  }

  private func fragments() -> [Fragment] {
    var result = graph.edges
      .filter { isDrawn[$0.first] && isDrawn[$0.second] && !drawn.contains($0) }
      .map { Fragment(inner: [], contacts: [$0.first, $0.second]) }
    var isSeen = isDrawn
    for start in 0..<graph.vertexCount where !isSeen[start] && !graph.neighbors[start].isEmpty {
      isSeen[start] = true
      var inner: Set<Int> = [start]
      var contacts: Set<Int> = []
      var pending = [start]
      while let vertex = pending.popLast() {
        for other in graph.neighbors[vertex] {
          if isDrawn[other] {
            contacts.insert(other)
          } else if !isSeen[other] {
            isSeen[other] = true
            inner.insert(other)
            pending.append(other)
          }
        }
      }
      result.append(Fragment(inner: inner, contacts: contacts.sorted()))
    }
    return result
  }

  /// Draws a path of the fragment between two of its contacts; it cuts the face in two.
  private mutating func draw(_ fragment: Fragment, into face: Int) {
    // In a block every fragment has two contacts.
    let (start, end) = (fragment.contacts[0], fragment.contacts[1])
    let path: [Int]
    if fragment.inner.isEmpty {
      path = [start, end]
    } else {
      // Leave by an inner vertex, so that a drawn edge between the contacts is no shortcut.
      var inside = graph
      inside.remove(Graph.Edge(start, end))
      path = PlanarDrawing.path(in: inside, from: start, to: end) { fragment.inner.contains($0) }
    }
    let border = faces[face]
    guard let first = border.firstIndex(of: start) else { return }
    let turned = Array(border[first...] + border[..<first])
    guard let second = turned.firstIndex(of: end) else { return }
    let inner = path.dropFirst().dropLast()
    faces[face] = Array(turned[...second]) + inner.reversed()
    faces.append(Array(turned[second...]) + [start] + inner)
    draw(path)
  }
}
