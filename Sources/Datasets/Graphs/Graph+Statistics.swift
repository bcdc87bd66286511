public import TensorCore

extension Graph {
  /// The number of neighbours of each vertex.
  public var degrees: [Int] { neighbors.map(\.count) }

  /// How many vertices have 0, 1, 2, ... neighbours; as many entries as there are vertices.
  public var degreeHistogram: [Int] {
    var histogram = [Int](repeating: 0, count: vertexCount)
    for degree in degrees { histogram[degree] += 1 }
    return histogram
  }

  /// The number of triangles that each vertex belongs to.
  public var trianglesAtVertices: [Int] {
    neighbors.map { around in
      around.enumerated().reduce(0) { sum, entry in
        sum + around[..<entry.offset].count { hasEdge($0, entry.element) }
      }
    }
  }

  /// The number of triangles.
  public var triangleCount: Int { trianglesAtVertices.reduce(0, +) / 3 }

  /// For each vertex, the share of pairs of its neighbours that are joined; 0 where it has fewer than two (Watts and
  /// Strogatz 1998).
  public var clusteringCoefficients: [Double] {
    zip(trianglesAtVertices, degrees).map { triangles, degree in
      degree < 2 ? 0 : Double(2 * triangles) / Double(degree * (degree - 1))
    }
  }

  /// The mean clustering coefficient; 0 for a graph without vertices.
  public var averageClustering: Double {
    vertexCount == 0 ? 0 : clusteringCoefficients.reduce(0, +) / Double(vertexCount)
  }

  /// The normalized Laplacian I - D^-1/2 A D^-1/2, `[n, n]`, with 0 on the diagonal for vertices without neighbours. Its
  /// eigenvalues lie in 0...2; as many are 0 as the graph has components (Chung 1997).
  public var normalizedLaplacian: Tensor {
    let degrees = degrees
    var result = Tensor(zeros: [vertexCount, vertexCount])
    result.withUnsafeMutableScalars { entries in
      for vertex in 0..<vertexCount where degrees[vertex] > 0 {
        entries[vertex * vertexCount + vertex] = 1
        for other in neighbors[vertex] {
          entries[vertex * vertexCount + other] =
            Float(-1 / (Double(degrees[vertex]) * Double(degrees[other])).squareRoot())
        }
      }
    }
    return result
  }

  /// The number of the connected component of each vertex, counted from 0 in the order of their first vertices.
  public var components: [Int] {
    var component = [Int](repeating: -1, count: vertexCount)
    var count = 0
    for start in 0..<vertexCount where component[start] < 0 {
      component[start] = count
      var pending = [start]
      while let vertex = pending.popLast() {
        for other in neighbors[vertex] where component[other] < 0 {
          component[other] = count
          pending.append(other)
        }
      }
      count += 1
    }
    return component
  }

  /// The number of connected components.
  public var componentCount: Int { (components.max() ?? -1) + 1 }

  /// Whether there is a path between any two vertices. A graph without vertices is not connected.
  public var isConnected: Bool { componentCount == 1 }

  /// Whether the graph is connected and has no cycle.
  public var isTree: Bool { isConnected && edgeCount == vertexCount - 1 }

  /// Whether the graph is a lattice of some number of rows and columns, up to the numbering of its vertices.
  public var isGrid: Bool {
    guard vertexCount > 0 else { return false }
    return (1...vertexCount).contains { rows in
      rows * rows <= vertexCount && vertexCount % rows == 0
        && isIsomorphic(to: .grid(rows: rows, columns: vertexCount / rows))
    }
  }
}
