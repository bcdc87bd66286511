/// The dense layers of a multilayer perceptron, `h_i = f_i(h_(i-1) W_i + b_i)` from `h_0`, the input.
public struct Perceptron: Sendable {
  /// `W_i`, each `[in, out]`.
  public let weights: [Tensor]
  /// `b_i`, each `[out]`.
  public let biases: [Tensor]
  /// `f_i` of every layer but the last.
  public let activation: Activation
  /// `f_i` of the last layer.
  public let outputActivation: Activation

  /// Traps when there is no layer, or the shapes do not fit each other.
  public init(weights: [Tensor], biases: [Tensor], activation: Activation, outputActivation: Activation) {
    if weights.isEmpty || weights.count != biases.count {
      trap("Perceptron", String(weights.count) + " weights and " + String(biases.count) + " biases make no layers")
    }
    for index in weights.indices {
      let (weight, bias) = (weights[index], biases[index])
      if weight.rank != 2 || bias.shape != [weight.shape[1]] {
        trap("Perceptron", "the weight " + describe(weight.shape) + " does not fit the bias " + describe(bias.shape))
      }
      if index > 0 && weights[index - 1].shape[1] != weight.shape[0] {
        trap(
          "Perceptron",
          "the weight " + describe(weights[index - 1].shape) + " cannot be followed by " + describe(weight.shape))
      }
    }
    self.weights = weights
    self.biases = biases
    self.activation = activation
    self.outputActivation = outputActivation
  }

  var count: Int { weights.count }
  var inputWidth: Int { weights[0].shape[0] }
  func width(_ layer: Int) -> Int { weights[layer].shape[1] }
  func activation(of layer: Int) -> Activation { layer == count - 1 ? outputActivation : activation }

  /// The multiply-adds for one row.
  var operations: Int { weights.reduce(0) { $0 + $1.count } }

  /// Whether some layer has nothing to multiply: such a perceptron is left to the general product.
  var hasEmptyLayer: Bool { weights.contains { $0.count == 0 } }

  /// Whether all weights together stay in a core's second cache, with room for the activations of some rows.
  var isSmall: Bool { operations <= 1 << 17 }

  func requireFits(_ input: Tensor) {
    if input.rank != 2 || input.shape[1] != inputWidth {
      trap(
        "Perceptron",
        "the input " + describe(input.shape) + " does not fit the first weight " + describe(weights[0].shape))
    }
  }
}

/// Bands of rows that are taken through all layers one band at a time.
///
/// Some 28 rows are two tiles of the product: few enough for a band's activations to stay in the nearest cache, enough
/// for a panel of the weights to be used more than once. There is an even number of bands, for two threads.
struct RowBands {
  let rows: Int
  let count: Int

  init(of rows: Int, height: Int = 2 * Tile.rows) {
    self.rows = rows
    count = Swift.max(1, Swift.min(rows, (rows + 2 * height - 1) / (2 * height) * 2))
  }

  func range(_ band: Int) -> Range<Int> { band * rows / count..<(band + 1) * rows / count }
  var tallest: Int { (rows + count - 1) / count }
}
