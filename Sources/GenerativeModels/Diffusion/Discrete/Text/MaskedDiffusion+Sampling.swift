internal import Autodiff
public import TensorCore

extension MaskedDiffusion {
  /// Draws sequences: all places start masked, and each step uncovers a share of them.
  ///
  /// - Parameters:
  ///   - steps: how many of the T steps are walked; nil for all.
  ///   - prompt: for each place a token that is given, or nil; nil gives none.
  ///   - observer: is shown the sequences after each step, masks included.
  /// - Returns: `[count, length]` tokens.
  public func sample(
    _ network: some TokenNetwork, count: Int, length: Int, steps: Int? = nil, prompt: [Int?]? = nil,
    using random: inout RandomGenerator, observer: ((Tensor) -> Void)? = nil
  ) -> Tensor {
    let steps = steps ?? stepCount
    guard count >= 1, length >= 1, steps >= 1, steps <= stepCount, prompt == nil || prompt?.count == length else {
      trap(
        "MaskedDiffusion.sample",
        "cannot draw " + String(count) + " sequences of the length " + String(length) + " in " + String(steps) + " of "
          + String(stepCount) + " steps" + (prompt == nil ? "" : " from a prompt of " + String(prompt?.count ?? 0)))
    }
    var x = [Int](repeating: mask, count: count * length)
    if let prompt {
      for place in x.indices { if let given = prompt[place % length] { x[place] = given } }
    }
    for index in stride(from: steps, through: 1, by: -1) {
      let (t, s) = (index * stepCount / steps, (index - 1) * stepCount / steps)
      let logits = network(x, length: length, times: [Double](repeating: Double(t) / Double(stepCount), count: count))
      let guesses = random.categorical(logits: logits.value)
      let share = (process.keptProbability(s) - process.keptProbability(t)) / (1 - process.keptProbability(t))
      let uniform = random.uniform(shape: [x.count]).scalars
      for place in x.indices where x[place] == mask && uniform[place] < Float(share) { x[place] = guesses[place] }
      observer?(Tensor(x.map { Float($0) }, shape: [count, length]))
    }
    return Tensor(x.map { Float($0) }, shape: [count, length])
  }

  /// The bound of sequences in nats, every step with one draw for each sequence. ``VariationalBound/bitsPerDimension`` is
  /// in bits per token.
  public func variationalBound(
    _ network: some TokenNetwork, of tokens: Tensor, using random: inout RandomGenerator
  ) -> VariationalBound {
    let (x0, length) = sequences(tokens)
    let count = tokens.shape[0]
    var totals = [Double](repeating: 0, count: count)
    var terms: [VariationalBound.Term] = []
    for t in 1...stepCount {
      let xt = qSample(x0, t: t, using: &random)
      let logits = network(
        xt, length: length, times: [Double](repeating: Double(t) / Double(stepCount), count: count))
      let chosen = logits.value.logSoftmax().gatheringColumns(at: x0).scalars
      var values = [Double](repeating: 0, count: count)
      for place in x0.indices where xt[place] == mask { values[place / length] -= weight(t) * Double(chosen[place]) }
      for row in 0..<count { totals[row] += values[row] }
      terms.append(VariationalBound.Term(of: values))
    }
    return VariationalBound(
      dimensions: length, prior: VariationalBound.Term(mean: 0), transitions: Array(terms[1...]),
      reconstruction: terms[0], total: VariationalBound.Term(of: totals))
  }
}
