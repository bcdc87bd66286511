internal import TensorCore

/// The penalized loss of multinomial logistic regression and its gradient, for ``LinearProbe``. Products run in Float,
/// the loss is summed in Double.
struct SoftmaxObjective {
  let features: Tensor
  let labels: [Int]
  let classes: Int
  let penalty: Double
  private let targets: Tensor

  init(features: Tensor, labels: [Int], classes: Int, penalty: Double) {
    self.features = features
    self.labels = labels
    self.classes = classes
    self.penalty = penalty
    targets = Tensor(oneHot: labels, classes: classes)
  }

  private var width: Int { features.shape[1] }

  /// W and b of 0, as one vector: W row after row, then b.
  var start: [Double] { [Double](repeating: 0, count: (width + 1) * classes) }

  func parameters(at point: [Double]) -> (weight: Tensor, bias: Tensor) {
    let values = point.map { Float($0) }
    let split = width * classes
    return (Tensor(Array(values[..<split]), shape: [width, classes]), Tensor(Array(values[split...])))
  }

  func valueAndGradient(at point: [Double]) -> (value: Double, gradient: [Double]) {
    let (weight, bias) = parameters(at: point)
    let logits = linear(input: features, weight: weight, bias: bias).output
    let logProbabilities = logits.logSoftmax(axis: 1)
    let count = Double(labels.count)
    var loss = 0.0
    logProbabilities.withUnsafeScalars { values in
      for (row, label) in labels.enumerated() { loss -= Double(values[row * classes + label]) }
    }
    let residual = exp(logProbabilities) - targets
    let weightGradient = matmul(features, residual, transposeA: true)
    let biasGradient = columnMeans(of: residual)

    let split = width * classes
    var squares = 0.0
    var gradient: [Double] = []
    gradient.reserveCapacity(point.count)
    weightGradient.withUnsafeScalars { values in
      for index in 0..<split {
        squares += point[index] * point[index]
        gradient.append(Double(values[index]) / count + penalty * point[index])
      }
    }
    gradient.append(contentsOf: biasGradient)
    return (loss / count + penalty / 2 * squares, gradient)
  }
}
