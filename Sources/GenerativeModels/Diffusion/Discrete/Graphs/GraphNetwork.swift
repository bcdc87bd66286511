public import Autodiff
public import NeuralNetworks
public import TensorCore

/// A network that says, of graphs with noise in them, what their nodes and edges were.
///
/// Graphs of N nodes are `[n, N, N]`: at (i, i) the category of node i, at (i, j) and (j, i) that of the edge between i
/// and j, 0 for none.
public protocol GraphNetwork: Module {
  /// - Parameter times: the time of each graph, 0 whole and 1 lost.
  func callAsFunction(_ graphs: Tensor, times: [Double]) -> GraphLogits
}

/// What a ``GraphNetwork`` answers.
public struct GraphLogits {
  /// For each node, `[n * N, node categories]`.
  public var nodes: Variable
  /// For each ordered pair of nodes, `[n * N * N, edge categories]`, the same for (i, j) and (j, i).
  public var edges: Variable

  public init(nodes: Variable, edges: Variable) {
    self.nodes = nodes
    self.edges = edges
  }
}

/// What a graph shows at a glance: categories as indicators, and counts of walks, which nodes cannot count for themselves
/// (Vignac et al. 2023, arXiv 2209.14734, section 4.2, in a small form).
struct GraphFeatures {
  /// `[n, N, node categories + 2]`: the category, the degree, the triangles.
  let nodes: Tensor
  /// `[n, N, N, edge categories + 3]`: the category, whether it is a node's place, walks of two and of three edges.
  let edges: Tensor

  init(_ graphs: Tensor, nodeCategories: Int, edgeCategories: Int) {
    guard graphs.rank == 3, graphs.shape[1] == graphs.shape[2] else {
      trap("GraphNetwork", "needs graphs [n, N, N], not " + describe(graphs.shape))
    }
    let (count, size) = (graphs.shape[0], graphs.shape[1])
    let (nodeWidth, edgeWidth) = (nodeCategories + 2, edgeCategories + 3)
    var nodes = [Float](repeating: 0, count: count * size * nodeWidth)
    var edges = [Float](repeating: 0, count: count * size * size * edgeWidth)
    graphs.withUnsafeScalars { all in
      for graph in 0..<count {
        let start = graph * size * size
        let adjacency = Tensor(shape: [size, size]) { matrix in
          for place in matrix.indices {
            matrix[place] = place / size != place % size && all[start + place] != 0 ? 1 : 0
          }
        }
        let two = matmul(adjacency, adjacency)
        let (walks2, walks3) = (two.scalars, matmul(two, adjacency).scalars)
        let scale = 1 / Float(size)
        for i in 0..<size {
          let row = (graph * size + i) * nodeWidth
          nodes[row + category(all[start + i * size + i], nodeCategories)] = 1
          // The walks that return: of two steps as many as neighbours, of three twice the triangles.
          nodes[row + nodeCategories] = walks2[i * size + i] * scale
          nodes[row + nodeCategories + 1] = walks3[i * size + i] * scale
          for j in 0..<size {
            let cell = (start + i * size + j) * edgeWidth
            if i == j {
              edges[cell + edgeCategories] = 1
            } else {
              edges[cell + category(all[start + i * size + j], edgeCategories)] = 1
            }
            edges[cell + edgeCategories + 1] = walks2[i * size + j] * scale
            edges[cell + edgeCategories + 2] = walks3[i * size + j] * scale
          }
        }
      }
    }
    self.nodes = Tensor(nodes, shape: [count, size, nodeWidth])
    self.edges = Tensor(edges, shape: [count, size, size, edgeWidth])
  }
}

/// A scalar as a category. Traps when it is none.
func category(_ scalar: Float, _ categories: Int) -> Int {
  guard scalar >= 0, scalar < Float(categories), scalar == scalar.rounded() else {
    trap(
      "GraphDiffusion", scalar.description + " is no category; categories are whole numbers below " + String(categories)
    )
  }
  return Int(scalar)
}
