public import Autodiff
internal import NeuralNetworks
public import TensorCore

/// The rules of a game between a generator and a discriminator: what each of them minimizes.
public protocol AdversarialObjective {
  /// How many rows one judgement takes: batches are multiples of it.
  var rowsPerJudgement: Int { get }

  /// The discriminator's loss: a single number.
  ///
  /// - Parameters:
  ///   - discriminator: may be changed where its training remembers something.
  ///   - real: rows of the data.
  ///   - fake: as many generated rows: a constant, unless the generator looks ahead through the discriminator's steps.
  func discriminatorLoss<D: Discriminator>(
    _ discriminator: inout D, real: Tensor, fake: Variable, using random: inout RandomGenerator
  ) -> Variable

  /// The generator's loss: a single number.
  func generatorLoss<D: Discriminator>(
    _ discriminator: D, fake: Variable, using random: inout RandomGenerator
  ) -> Variable
}

extension AdversarialObjective {
  public var rowsPerJudgement: Int { 1 }
}

/// The game of real against generated rows: a loss, a price on the discriminator's slope where wanted, and packing.
///
/// The discriminator has one logit.
public struct GANObjective: AdversarialObjective, Sendable, Hashable {
  public let loss: AdversarialLoss
  public let penalty: GradientPenalty?
  /// The rows that the discriminator sees at once, laid side by side (PacGAN, Lin et al. 2018, arXiv 1712.04086): a
  /// generator that repeats itself is found out. A discriminator of rows of width w then takes packing * w numbers.
  public let packing: Int

  /// Traps when `packing` is below 1.
  public init(_ loss: AdversarialLoss = .nonSaturating, penalty: GradientPenalty? = nil, packing: Int = 1) {
    guard packing >= 1 else { trap("GANObjective", "packing must be at least 1, not " + String(packing)) }
    self.loss = loss
    self.penalty = penalty
    self.packing = packing
  }

  public var rowsPerJudgement: Int { packing }

  public func discriminatorLoss<D: Discriminator>(
    _ discriminator: inout D, real: Tensor, fake: Variable, using random: inout RandomGenerator
  ) -> Variable {
    let real = Variable(constant: real).packed(packing)
    let fake = fake.packed(packing)
    let logits = judge(&discriminator, [real, fake])
    let loss = loss.discriminator(real: logits[0], fake: logits[1])
    guard let penalty else { return loss }
    let judge = discriminator
    return loss + penalty(real: real.value, fake: fake.value, using: &random) { judge($0) }
  }

  public func generatorLoss<D: Discriminator>(
    _ discriminator: D, fake: Variable, using random: inout RandomGenerator
  ) -> Variable {
    loss.generator(fake: discriminator(fake.packed(packing)))
  }
}

/// The logits of several batches in training: in one pass, unless a row's logits depend on its batch.
func judge<D: Discriminator>(_ discriminator: inout D, _ batches: [Variable]) -> [Variable] {
  if discriminator.dependsOnBatch {
    var logits: [Variable] = []
    for batch in batches { logits.append(discriminator.forward(batch)) }
    return logits
  }
  let all = discriminator.forward(.concatenated(batches, axis: 0))
  var parts: [Variable] = []
  var start = 0
  for batch in batches {
    parts.append(all.rows(start..<start + batch.shape[0]))
    start += batch.shape[0]
  }
  return parts
}

extension Variable {
  /// Every `count` consecutive rows side by side: `[n, w]` to `[n / count, count w]`, and images `[n, h, w, c]` to
  /// `[n / count, h, w, count c]`. Traps when the rows do not divide.
  func packed(_ count: Int) -> Variable {
    if count == 1 { return self }
    guard let rows = shape.first, rows % count == 0, shape.count == 2 || shape.count == 4 else {
      trap(
        "packing",
        "needs rows [n, w] or images [n, h, w, c] with n a multiple of " + String(count) + ", not " + describe(shape))
    }
    if shape.count == 2 { return reshaped(to: [rows / count, count * shape[1]]) }
    return reshaped(to: [rows / count, count] + shape[1...]).permuted([0, 2, 3, 1, 4])
      .reshaped(to: [rows / count, shape[1], shape[2], count * shape[3]])
  }
}
