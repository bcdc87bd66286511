public import Autodiff
internal import NeuralNetworks
public import TensorCore

/// Discrete diffusion of small graphs (DiGress: Vignac et al. 2023, arXiv 2209.14734): nodes and edges change their
/// categories at random until only the categories' frequencies are left, and a network finds the way back.
///
/// Graphs are `[n, N, N]` as ``GraphNetwork`` has them. All graphs of a batch have the same N; where sizes differ, let a
/// category of nodes stand for "none".
public struct GraphDiffusion: Sendable, Equatable {
  public let nodes: CategoricalDiffusion
  public let edges: CategoricalDiffusion

  /// - Parameters:
  ///   - nodeFrequencies: of the nodes' categories in the data.
  ///   - edgeFrequencies: of the edges' categories, "none" first.
  public init(
    steps: Int, nodeFrequencies: [Double] = [1], edgeFrequencies: [Double],
    schedule: CategoricalDiffusion.Schedule = .cosine
  ) {
    nodes = CategoricalDiffusion(steps: steps, limit: nodeFrequencies, schedule: schedule)
    edges = CategoricalDiffusion(steps: steps, limit: edgeFrequencies, schedule: schedule)
  }

  /// With the frequencies of the given graphs. Traps on anything but graphs `[n, N, N]` with equal halves.
  public init(
    steps: Int, of graphs: Tensor, nodeCategories: Int = 1, edgeCategories: Int = 2,
    schedule: CategoricalDiffusion.Schedule = .cosine
  ) {
    let parts = GraphParts(graphs, nodeCategories: nodeCategories, edgeCategories: edgeCategories)
    func frequencies(_ values: [Int], _ categories: Int) -> [Double] {
      var counts = [Double](repeating: 0, count: categories)
      for value in values { counts[value] += 1 }
      return counts.map { $0 / Double(max(1, values.count)) }
    }
    self.init(
      steps: steps, nodeFrequencies: frequencies(parts.nodes, nodeCategories),
      edgeFrequencies: parts.edges.isEmpty ? [1] : frequencies(parts.edges, edgeCategories), schedule: schedule)
  }

  public var stepCount: Int { nodes.stepCount }

  /// x_t: every node and every edge on its own.
  public func qSample(_ graphs: Tensor, t: Int, using random: inout RandomGenerator) -> Tensor {
    var parts = parts(graphs)
    parts.nodes = nodes.qSample(parts.nodes, t: t, using: &random)
    parts.edges = edges.qSample(parts.edges, t: t, using: &random)
    return parts.graphs
  }

  /// The cross entropy of x_0: of the nodes, and `edgeWeight` times that of the edges, means over each (arXiv 2209.14734,
  /// equation 2; 5 is the authors' weight).
  public func loss(
    _ network: some GraphNetwork, _ graphs: Tensor, edgeWeight: Float = 5, using random: inout RandomGenerator
  ) -> Variable {
    let parts = parts(graphs)
    let t = random.integers(below: stepCount, count: parts.count).map { $0 + 1 }
    var noisy: [Tensor] = []
    for graph in 0..<parts.count { noisy.append(qSample(graphs.rows(graph..<graph + 1), t: t[graph], using: &random)) }
    let logits = network(.concatenated(noisy, axis: 0), times: t.map { Double($0) / Double(stepCount) })
    let chosen = logits.edges.gatheringRows(at: parts.edgePlaces)
    let ofEdges = crossEntropy(logits: chosen, labels: parts.edges) * edgeWeight
    if nodes.categories == 1 { return ofEdges }
    return crossEntropy(logits: logits.nodes, labels: parts.nodes) + ofEdges
  }

  /// A network in training, with an average of its weights to sample from.
  public func learner<Network: GraphNetwork>(
    _ network: Network, edgeWeight: Float = 5, averageDecay: Float = 0.999, configuration: TrainingConfiguration
  ) -> GradientLearner<Network> {
    GradientLearner(
      network, optimizer: Adam(learningRate: configuration.learningRate), gradientLimit: configuration.gradientLimit,
      average: ExponentialMovingAverage(of: network, decay: averageDecay, warmsUp: true)
    ) { network, batch, random in loss(network, batch, edgeWeight: edgeWeight, using: &random) }
  }

  func parts(_ graphs: Tensor) -> GraphParts {
    GraphParts(graphs, nodeCategories: nodes.categories, edgeCategories: edges.categories)
  }
}

/// The categories of graphs, each edge once.
struct GraphParts {
  /// How many graphs, and how many nodes each has.
  let count: Int
  let size: Int
  var nodes: [Int]
  /// Of the pairs (i, j) with i < j, graph after graph.
  var edges: [Int]

  init(_ graphs: Tensor, nodeCategories: Int, edgeCategories: Int) {
    guard graphs.rank == 3, graphs.shape[1] == graphs.shape[2], graphs.shape[1] >= 1 else {
      trap("GraphDiffusion", "needs graphs [n, N, N], not " + describe(graphs.shape))
    }
    (count, size) = (graphs.shape[0], graphs.shape[1])
    nodes = []
    edges = []
    let scalars = graphs.scalars
    for graph in 0..<count {
      for i in 0..<size {
        let row = (graph * size + i) * size
        nodes.append(category(scalars[row + i], nodeCategories))
        for j in i + 1..<max(size, i + 1) {
          guard scalars[row + j] == scalars[(graph * size + j) * size + i] else {
            trap(
              "GraphDiffusion",
              "graph " + String(graph) + " has different entries at (" + String(i) + ", " + String(j)
                + ") and its mirror; edges have no direction")
          }
          edges.append(category(scalars[row + j], edgeCategories))
        }
      }
    }
  }

  init(count: Int, size: Int, nodes: [Int], edges: [Int]) {
    self.count = count
    self.size = size
    self.nodes = nodes
    self.edges = edges
  }

  /// The edges of one graph.
  var pairs: Int { size * (size - 1) / 2 }

  /// Where each edge's (i, j) lies in `[n * N * N]`.
  var edgePlaces: [Int] {
    var places: [Int] = []
    for graph in 0..<count {
      for i in 0..<size {
        for j in i + 1..<max(size, i + 1) { places.append((graph * size + i) * size + j) }
      }
    }
    return places
  }

  /// `[n, N, N]`.
  var graphs: Tensor {
    var scalars = [Float](repeating: 0, count: count * size * size)
    for (index, node) in nodes.enumerated() { scalars[index * size + index % size] = Float(node) }
    for (place, edge) in zip(edgePlaces, edges) {
      let (graph, rest) = place.quotientAndRemainder(dividingBy: size * size)
      scalars[place] = Float(edge)
      scalars[graph * size * size + rest % size * size + rest / size] = Float(edge)
    }
    return Tensor(scalars, shape: [count, size, size])
  }
}
