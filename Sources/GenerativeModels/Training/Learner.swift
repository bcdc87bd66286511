public import TensorCore

/// A model in training: its networks, their optimizers, and what one step does with a batch.
///
/// A ``Trainer`` drives any learner, whatever the number of networks behind it.
public protocol Learner {
  /// Takes one step: learns from one batch.
  ///
  /// - Parameters:
  ///   - batch: rows of the training data.
  ///   - random: for whatever the step draws: noise, time steps, corruption.
  /// - Throws: a ``TrainingError`` when a number stops being finite.
  mutating func learn(from batch: Tensor, using random: inout RandomGenerator) throws(TrainingError) -> StepReport
}

/// A learner that can be stored in a ``Checkpoint`` and go on from there as if nothing had happened.
public protocol ResumableLearner: Learner {
  /// Shows everything that later steps depend on and that earlier steps have changed: weights, optimizers, averages,
  /// counters. What the learner was made with (a loss, a rate) need not be shown: a restored learner is first made
  /// in the same way.
  mutating func visitState(_ visitor: inout CheckpointVisitor)
}

/// What one step has to say.
public struct StepReport: Sendable, Equatable {
  /// One of several numbers that a step minimizes: the loss of a discriminator, the KL part of an ELBO.
  public struct Term: Sendable, Equatable {
    public var name: String
    public var value: Float

    public init(_ name: String, _ value: Float) {
      self.name = name
      self.value = value
    }
  }

  /// The loss on the step's batch, before the step.
  public var loss: Float
  /// The length of all gradients as one vector before any clipping, where the step has computed it.
  public var gradientNorm: Float?
  /// What else there is to watch. Every step of a training has the same terms in the same order.
  public var terms: [Term]

  public init(loss: Float, gradientNorm: Float? = nil, terms: [Term] = []) {
    self.loss = loss
    self.gradientNorm = gradientNorm
    self.terms = terms
  }

  /// The value of the term of that name, or nil.
  public subscript(term name: String) -> Float? {
    for term in terms where term.name == name { return term.value }
    return nil
  }
}
