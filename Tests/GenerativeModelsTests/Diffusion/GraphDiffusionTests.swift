import Autodiff
import GenerativeModels
import NeuralNetworks
import TensorCore
import Testing

@Suite struct GraphDiffusionTests {
  /// Two groups of three nodes, all edges within the groups and none between; the nodes in random order.
  private func communities(_ count: Int, using random: inout RandomGenerator) -> Tensor {
    var scalars: [Float] = []
    for _ in 0..<count {
      let order = random.permutation(6)
      for i in 0..<6 {
        for j in 0..<6 { scalars.append(i != j && order[i] % 2 == order[j] % 2 ? 1 : 0) }
      }
    }
    return Tensor(scalars, shape: [count, 6, 6])
  }

  private func renumbered(_ x: Tensor, _ order: [Int]) -> Tensor {
    // [1, N, N, ...]: rows, then columns.
    let size = order.count
    let rows = x.reshaped(to: [size, -1]).gatheringRows(at: order)
    let width = x.count / size / size
    return rows.reshaped(to: [size, size, width]).permuted([1, 0, 2]).gatheringRows(at: order).permuted([1, 0, 2])
  }

  /// Renumbering the nodes renumbers the answer.
  @Test func theNetworkIsEquivariant() {
    var random = RandomGenerator(seed: 8)
    let network = GraphTransformer(nodeCategories: 2, width: 16, edgeWidth: 8, heads: 2, depth: 2, using: &random)
    var graph = communities(1, using: &random)
    for i in 0..<6 { graph[0, i, i] = Float(i % 2) }
    let order = [3, 0, 5, 1, 4, 2]
    let moved = renumbered(graph, order).reshaped(to: [1, 6, 6])
    #expect(moved != graph)
    let (before, after) = (network(graph, times: [0.4]), network(moved, times: [0.4]))
    let nodes = before.nodes.value.gatheringRows(at: order)
    for (a, b) in zip(nodes.scalars, after.nodes.value.scalars) { #expect((a - b).magnitude < 1e-5) }
    let edges = renumbered(before.edges.value, order)
    for (a, b) in zip(edges.scalars, after.edges.value.scalars) { #expect((a - b).magnitude < 1e-5) }
    // Both directions of an edge get one answer.
    let mirrored = before.edges.value.reshaped(to: [6, 6, 2]).permuted([1, 0, 2]).reshaped(to: [36, 2])
    #expect(mirrored == before.edges.value)
  }

  @Test func noiseKeepsGraphsGraphsAndEndsAtTheFrequencies() {
    var random = RandomGenerator(seed: 8)
    let graphs = communities(500, using: &random)
    let diffusion = GraphDiffusion(steps: 10, of: graphs)
    #expect((diffusion.edges.limit[1] - 0.4).magnitude < 1e-12)
    let noisy = diffusion.qSample(graphs, t: 10, using: &random)
    #expect(noisy.permuted([0, 2, 1]) == noisy)
    let share = Double(noisy.sum().item) / Double(500 * 30)
    #expect((share - 0.4).magnitude < 5 * (0.24 / 7_500).squareRoot())
    for i in 0..<6 { #expect(noisy[7, i, i] == 0) }
  }

  /// Trained for a moment, the network draws groups of three; an even guess would almost never.
  @Test func aTrainedNetworkDrawsCommunities() throws {
    var random = RandomGenerator(seed: 8)
    let graphs = communities(400, using: &random)
    let diffusion = GraphDiffusion(steps: 20, of: graphs)
    let network = GraphTransformer(width: 32, edgeWidth: 16, heads: 2, depth: 2, using: &random)
    let configuration = TrainingConfiguration(
      steps: 300, batchSize: 32, learningRate: .cosine(from: 5e-3, to: 0, steps: 300))
    var learner = diffusion.learner(network, averageDecay: 0.98, configuration: configuration)
    var trainer = Trainer(configuration)
    try trainer.run(&learner, on: graphs, using: &random)
    let drawn = diffusion.sample(learner.averaged, count: 100, nodes: 6, using: &random)
    #expect(drawn.permuted([0, 2, 1]) == drawn)
    let valid = (0..<100).count { graph in
      // Every node has two neighbours, and they know each other: the triangles of both groups.
      let adjacency = drawn.rows(graph..<graph + 1).reshaped(to: [6, 6])
      let two = matmul(adjacency, adjacency)
      let three = matmul(two, adjacency)
      return (0..<6).allSatisfy { two[$0, $0] == 2 && three[$0, $0] == 2 }
    }
    #expect(valid >= 85)
    // Ten ways to split six nodes in two groups of three.
    let bound = diffusion.variationalBound(learner.averaged, of: graphs.rows(0..<100), using: &random)
    #expect(bound.total.mean > log(10.0) - 3 * bound.total.standardError)
    #expect(bound.total.mean < log(10.0) * 1.5)
  }

  @Test func badGraphsStop() async {
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      let diffusion = GraphDiffusion(steps: 3, edgeFrequencies: [0.5, 0.5])
      _ = diffusion.qSample(Tensor([[0, 1], [0, 0]]).expandingAxis(at: 0), t: 1, using: &random)
    }
    await #expect(processExitsWith: .failure) {
      var random = RandomGenerator(seed: 1)
      let diffusion = GraphDiffusion(steps: 3, edgeFrequencies: [0.5, 0.5])
      _ = diffusion.qSample(Tensor([[0, 2], [2, 0]]).expandingAxis(at: 0), t: 1, using: &random)
    }
  }
}
