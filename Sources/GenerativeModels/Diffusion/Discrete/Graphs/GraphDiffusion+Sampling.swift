internal import Autodiff
public import TensorCore

extension GraphDiffusion {
  /// Draws graphs.
  ///
  /// - Parameters:
  ///   - nodes: N, the nodes of each.
  ///   - observer: is shown the graphs after each step.
  /// - Returns: `[count, N, N]`.
  public func sample(
    _ network: some GraphNetwork, count: Int, nodes size: Int, using random: inout RandomGenerator,
    observer: ((Tensor) -> Void)? = nil
  ) -> Tensor {
    guard count >= 1, size >= 1 else {
      trap("GraphDiffusion.sample", "cannot draw " + String(count) + " graphs of " + String(size) + " nodes")
    }
    var parts = GraphParts(count: count, size: size, nodes: [], edges: [])
    parts.nodes = nodes.draw([[Double]](repeating: nodes.limit, count: count * size), using: &random)
    parts.edges = edges.draw([[Double]](repeating: edges.limit, count: count * parts.pairs), using: &random)
    for t in stride(from: stepCount, through: 1, by: -1) {
      let step = reverseStep(network, parts, t: t)
      parts.nodes = nodes.draw(step.nodes, using: &random)
      parts.edges = edges.draw(step.edges, using: &random)
      observer?(parts.graphs)
    }
    return parts.graphs
  }

  /// The bound of graphs in nats, every step with one draw for each graph. The dimensions are nodes and pairs of nodes.
  public func variationalBound(
    _ network: some GraphNetwork, of graphs: Tensor, using random: inout RandomGenerator
  ) -> VariationalBound {
    let whole = parts(graphs)
    var totals = [Double](repeating: 0, count: whole.count)
    var terms: [VariationalBound.Term] = []
    for t in 1...stepCount {
      var noisy = whole
      noisy.nodes = nodes.qSample(whole.nodes, t: t, using: &random)
      noisy.edges = edges.qSample(whole.edges, t: t, using: &random)
      let step = reverseStep(network, noisy, t: t)
      var values = [Double](repeating: 0, count: whole.count)
      func add(_ process: CategoricalDiffusion, _ x0: [Int], _ xt: [Int], _ model: [[Double]], perGraph: Int) {
        for index in x0.indices {
          // At t = 1 the posterior is x_0 itself, and the divergence -ln p(x_0 | x_1).
          let posterior = process.posterior(x0: x0[index], xt: xt[index], from: t, to: t - 1)
          values[index / perGraph] += CategoricalDiffusion.divergence(posterior, model[index])
        }
      }
      add(nodes, whole.nodes, noisy.nodes, step.nodes, perGraph: whole.size)
      add(edges, whole.edges, noisy.edges, step.edges, perGraph: max(1, whole.pairs))
      for graph in 0..<whole.count { totals[graph] += values[graph] }
      terms.append(VariationalBound.Term(of: values))
    }
    return VariationalBound(
      dimensions: whole.size + whole.pairs, prior: VariationalBound.Term(mean: 0), transitions: Array(terms[1...]),
      reconstruction: terms[0], total: VariationalBound.Term(of: totals))
  }

  /// p(x_(t-1) | x_t) of every node and edge.
  private func reverseStep(
    _ network: some GraphNetwork, _ parts: GraphParts, t: Int
  ) -> (nodes: [[Double]], edges: [[Double]]) {
    let logits = network(
      parts.graphs, times: [Double](repeating: Double(t) / Double(stepCount), count: parts.count))
    let nodeRows = nodes.reverseRows(logits.nodes.value.softmax(), xt: parts.nodes, t: t)
    let edgeRows = edges.reverseRows(
      logits.edges.value.gatheringRows(at: parts.edgePlaces).softmax(), xt: parts.edges, t: t)
    return (nodeRows, edgeRows)
  }
}

extension CategoricalDiffusion {
  /// ``reverse(x0:xt:from:to:)`` from t to t - 1 for many tokens: the posteriors are computed once for all.
  func reverseRows(_ probabilities: Tensor, xt: [Int], t: Int) -> [[Double]] {
    let posteriors = (0..<categories).map { xt in
      (0..<categories).map { x0 in posterior(x0: x0, xt: xt, from: t, to: t - 1) }
    }
    let scalars = probabilities.scalars
    return xt.indices.map { index in
      var row = [Double](repeating: 0, count: categories)
      for x0 in 0..<categories {
        let probability = Double(scalars[index * categories + x0])
        for category in 0..<categories { row[category] += probability * posteriors[xt[index]][x0][category] }
      }
      return row
    }
  }
}
