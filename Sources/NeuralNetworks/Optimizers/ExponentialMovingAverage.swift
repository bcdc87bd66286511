internal import Autodiff
internal import TensorCore

/// The exponential moving average of a model's weights: a <- d a + (1 - d) w after each optimizer step, with d the
/// smaller of `decay` and, where there is a warm-up, (1 + t) / (10 + t) after t updates.
///
/// Diffusion models and GANs are sampled with the average, not with the last weights (Polyak and Juditsky 1992; Ho et
/// al. 2020, arXiv 2006.11239, with d = 0.9999). The warm-up keeps the random start from lingering in short trainings.
/// Buffers are taken over as they are.
public struct ExponentialMovingAverage<Model: Module> {
  /// The model with the averaged weights, for use.
  public package(set) var average: Model
  public let decay: Float
  public let warmsUp: Bool
  /// The updates so far.
  public package(set) var step = 0

  /// Starts from the model's present weights. Traps when the decay lies outside 0...1.
  public init(of model: Model, decay: Float, warmsUp: Bool = false) {
    guard (0...1).contains(decay) else {
      trap("ExponentialMovingAverage", "the decay must lie in 0...1, but is " + decay.description)
    }
    average = model
    self.decay = decay
    self.warmsUp = warmsUp
  }

  /// Takes in the model's present weights. Traps when the model has another structure.
  public mutating func update(with model: Model) {
    let weight = 1 - (warmsUp ? min(decay, Float(1 + step) / Float(10 + step)) : decay)
    // The walk that pairs parameters with gradients pairs them with the new weights here.
    average.update(with: Gradients(model.parameters)) { _, value, new in value.interpolate(toward: new, by: weight) }
    average.copyBuffers(from: model)
    step += 1
  }
}
