internal import Autodiff
public import NeuralNetworks
public import TensorCore

/// A small graph Transformer: nodes attend to each other with scores that the edges shift, and edges are rewritten from
/// their two ends (after Dwivedi and Bresson 2020, arXiv 2012.09699, and DiGress, arXiv 2209.14734).
///
/// Renumbering the nodes renumbers the answer and changes nothing else; the two directions of an edge get one answer.
public struct GraphTransformer: GraphNetwork {
  public var nodeInput: Linear
  public var edgeInput: Linear
  public var time: Linear
  public var blocks: [GraphBlock]
  public var nodeNorm: LayerNorm
  public var edgeNorm: LayerNorm
  public var nodeOutput: Linear
  public var edgeOutput: Linear
  public let nodeCategories: Int
  public let edgeCategories: Int
  public let embedding: SinusoidalEmbedding

  /// - Parameters:
  ///   - edgeCategories: "none" among them: 2 for plain graphs.
  public init(
    nodeCategories: Int = 1, edgeCategories: Int = 2, width: Int = 64, edgeWidth: Int = 32, heads: Int = 4,
    depth: Int = 3, using random: inout RandomGenerator
  ) {
    guard nodeCategories >= 1, edgeCategories >= 2 else {
      trap(
        "GraphTransformer",
        "needs a category of nodes and two of edges at least, not " + String(nodeCategories) + " and "
          + String(edgeCategories))
    }
    self.nodeCategories = nodeCategories
    self.edgeCategories = edgeCategories
    embedding = SinusoidalEmbedding(width: 32)
    nodeInput = Linear(nodeCategories + 2, width, using: &random)
    edgeInput = Linear(edgeCategories + 3, edgeWidth, using: &random)
    time = Linear(32, width, using: &random)
    blocks = []
    for _ in 0..<depth {
      blocks.append(GraphBlock(width: width, edgeWidth: edgeWidth, heads: heads, using: &random))
    }
    nodeNorm = LayerNorm(width)
    edgeNorm = LayerNorm(edgeWidth)
    nodeOutput = Linear(width, nodeCategories, using: &random)
    edgeOutput = Linear(edgeWidth, edgeCategories, using: &random)
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("nodeInput", &nodeInput)
    visitor.visit("edgeInput", &edgeInput)
    visitor.visit("time", &time)
    visitor.visit("blocks", &blocks)
    visitor.visit("nodeNorm", &nodeNorm)
    visitor.visit("edgeNorm", &edgeNorm)
    visitor.visit("nodeOutput", &nodeOutput)
    visitor.visit("edgeOutput", &edgeOutput)
  }

  public func callAsFunction(_ graphs: Tensor, times: [Double]) -> GraphLogits {
    let features = GraphFeatures(graphs, nodeCategories: nodeCategories, edgeCategories: edgeCategories)
    let (count, size) = (graphs.shape[0], graphs.shape[1])
    guard times.count == count else {
      trap("GraphTransformer", String(times.count) + " times for " + String(count) + " graphs")
    }
    let width = nodeNorm.weight.shape[0]
    let moment = time(embedding(times.map { 1000 * $0 })).reshaped(to: [count, 1, width])
    var nodes = rows(features.nodes, nodeInput).reshaped(to: [count, size, width]) + moment
    var edges = rows(features.edges, edgeInput).reshaped(to: [count, size, size, edgeNorm.weight.shape[0]])
    for block in blocks { (nodes, edges) = block(nodes, edges) }
    return GraphLogits(
      nodes: nodeOutput(nodeNorm(nodes).reshaped(to: [count * size, width])),
      edges: edgeOutput(edgeNorm(edges).reshaped(to: [count * size * size, edgeNorm.weight.shape[0]])))
  }

  private func rows(_ x: Tensor, _ layer: Linear) -> Variable {
    layer(x.reshaped(to: [-1, layer.weight.shape[0]]))
  }
}

/// One exchange between nodes and edges.
public struct GraphBlock: Module {
  public var nodeNorm: LayerNorm
  public var edgeNorm: LayerNorm
  public var query: Linear
  public var key: Linear
  public var value: Linear
  /// How much an edge shifts each head's score.
  public var shift: Linear
  public var mix: Linear
  public var end: Linear
  public var nodePart: MLP
  public var edgePart: MLP
  public let heads: Int

  init(width: Int, edgeWidth: Int, heads: Int, using random: inout RandomGenerator) {
    guard heads > 0, width % heads == 0 else {
      trap("GraphTransformer", "a width of " + String(width) + " cannot be divided among " + String(heads) + " heads")
    }
    nodeNorm = LayerNorm(width)
    edgeNorm = LayerNorm(edgeWidth)
    query = Linear(width, width, using: &random)
    key = Linear(width, width, using: &random)
    value = Linear(width, width, using: &random)
    shift = Linear(edgeWidth, heads, using: &random)
    mix = Linear(width, width, using: &random)
    end = Linear(width, edgeWidth, using: &random)
    nodePart = MLP(widths: [width, 2 * width, width], activation: .silu, using: &random)
    edgePart = MLP(widths: [3 * edgeWidth, 2 * edgeWidth, edgeWidth], activation: .silu, using: &random)
    self.heads = heads
  }

  public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
    visitor.visit("nodeNorm", &nodeNorm)
    visitor.visit("edgeNorm", &edgeNorm)
    visitor.visit("query", &query)
    visitor.visit("key", &key)
    visitor.visit("value", &value)
    visitor.visit("shift", &shift)
    visitor.visit("mix", &mix)
    visitor.visit("end", &end)
    visitor.visit("nodePart", &nodePart)
    visitor.visit("edgePart", &edgePart)
  }

  func callAsFunction(_ nodes: Variable, _ edges: Variable) -> (nodes: Variable, edges: Variable) {
    let (count, size, width) = (nodes.shape[0], nodes.shape[1], nodes.shape[2])
    let edgeWidth = edges.shape[3]
    let h = nodeNorm(nodes).reshaped(to: [count * size, width])
    let e = edgeNorm(edges)
    func split(_ x: Variable) -> Variable {
      x.reshaped(to: [count, size, heads, width / heads]).permuted([0, 2, 1, 3])
        .reshaped(to: [count * heads, size, width / heads])
    }
    let shifts = shift(e.reshaped(to: [count * size * size, edgeWidth])).reshaped(to: [count, size, size, heads])
      .permuted([0, 3, 1, 2]).reshaped(to: [count * heads, size, size])
    let scores = batchedMatmul(split(query(h)), split(key(h)), transposeB: true) / Float(width / heads).squareRoot()
    let found = batchedMatmul((scores + shifts).softmax(axis: -1), split(value(h)))
      .reshaped(to: [count, heads, size, width / heads]).permuted([0, 2, 1, 3]).reshaped(to: [count * size, width])
    let attended = nodes.reshaped(to: [count * size, width]) + mix(found)
    let newNodes = attended + nodePart(nodeNorm(attended))
    // Sum and product of both ends do not know which is which.
    let ends = end(newNodes)
    let (first, second) = (
      ends.reshaped(to: [count, size, 1, edgeWidth]), ends.reshaped(to: [count, 1, size, edgeWidth])
    )
    let seen = Variable.concatenated([e, first + second, first * second], axis: 3)
    let change = edgePart(seen.reshaped(to: [count * size * size, 3 * edgeWidth]))
    return (newNodes.reshaped(to: nodes.shape), edges + change.reshaped(to: edges.shape))
  }
}
