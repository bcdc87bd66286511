internal import TensorCore

/// The penalized loss of multinomial logistic regression and its gradient, for ``LinearProbe``. Products and exponentials
/// run in Float, the loss is summed in Double.
struct SoftmaxObjective {
  let features: Tensor
  let labels: [Int]
  let classes: Int
  let penalty: Double

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
    let count = Double(labels.count)
    var (residual, loss) = shiftedLogits(linear(input: features, weight: weight, bias: bias).output)
    residual = exp(residual)
    let (totals, biasGradient) = normalize(&residual)
    for total in totals { loss += log(Double(total)) }
    let weightGradient = matmul(features, residual, transposeA: true)

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
    for sum in biasGradient { gradient.append(sum / count) }
    return (loss / count + penalty / 2 * squares, gradient)
  }

  /// The mean cross entropy of rows that the parameters were not fitted to, in nats.
  func loss(at point: [Double]) -> Double {
    let (weight, bias) = parameters(at: point)
    var (residual, loss) = shiftedLogits(linear(input: features, weight: weight, bias: bias).output)
    residual = exp(residual)
    for total in normalize(&residual).totals { loss += log(Double(total)) }
    return loss / Double(labels.count)
  }

  /// Each row less its largest logit, and the sum over rows of minus the label's: the cross entropy but for the
  /// logarithm of the exponentials' sum.
  private func shiftedLogits(_ logits: consuming Tensor) -> (Tensor, Double) {
    var loss = 0.0
    logits.withUnsafeMutableScalars { values in
      for (row, label) in labels.enumerated() {
        let start = row * classes
        var largest = values[start]
        for index in start + 1..<start + classes where values[index] > largest { largest = values[index] }
        for index in start..<start + classes { values[index] -= largest }
        loss -= Double(values[start + label])
      }
    }
    return (logits, loss)
  }

  /// Makes exponentials probabilities and takes 1 from each label's: the gradient by the logits. Gives the sums of the
  /// exponentials, and those of the result's columns.
  private func normalize(_ exponentials: inout Tensor) -> (totals: [Float], columnSums: [Double]) {
    var totals = [Float](repeating: 0, count: labels.count)
    var columnSums = [Double](repeating: 0, count: classes)
    exponentials.withUnsafeMutableScalars { values in
      for (row, label) in labels.enumerated() {
        let start = row * classes
        var total: Float = 0
        for index in start..<start + classes { total += values[index] }
        totals[row] = total
        for index in start..<start + classes { values[index] /= total }
        values[start + label] -= 1
        for column in 0..<classes { columnSums[column] += Double(values[start + column]) }
      }
    }
    return (totals, columnSums)
  }
}
