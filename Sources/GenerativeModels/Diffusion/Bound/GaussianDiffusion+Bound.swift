public import TensorCore

extension GaussianDiffusion {
  /// The whole bound of data, every step of it, with one draw of noise for each row and step.
  ///
  /// - Parameters:
  ///   - denoiser: the model.
  ///   - rows: the data, `[n, ...]`.
  ///   - decoder: how x_0 is read from x_1; the bound's value depends on it, and only values of one decoder compare.
  ///   - random: draws the noise.
  ///
  /// Costs T questions to the denoiser. Traps when there are no rows.
  public func variationalBound(
    _ denoiser: some Denoiser, of rows: Tensor, decoder: DataDecoder = .gaussian, using random: inout RandomGenerator
  ) -> VariationalBound {
    guard rows.rank >= 1, rows.count > 0 else {
      trap(
        "variationalBound",
        "rows: there are none in the shape " + describe(rows.shape) + "; give at least one, [n, ...]")
    }
    let count = rows.shape[0]
    let prior = priorTerms(rows)
    var totals = prior
    var terms: [VariationalBound.Term] = []
    for t in schedule.steps {
      let noise = random.normal(shape: rows.shape)
      let xt = qSample(rows, t: t, noise: noise)
      let values = stepTerms(denoiser, x0: rows, xt: xt, t: t, decoder: decoder)
      for row in 0..<count { totals[row] += values[row] }
      terms.append(VariationalBound.Term(of: values))
    }
    return VariationalBound(
      dimensions: rows.count / count, prior: VariationalBound.Term(of: prior), transitions: Array(terms[1...]),
      reconstruction: terms[0], total: VariationalBound.Term(of: totals))
  }

  /// L_(t-1) of each row for a given x_t, in nats; L_0 at t = 1.
  public func stepTerms(
    _ denoiser: some Denoiser, x0: Tensor, xt: Tensor, t: Int, decoder: DataDecoder = .gaussian
  ) -> [Double] {
    x0.requireSameShape(xt, "stepTerms")
    let step = reverseStep(denoiser, xt: xt, t: t)
    let coefficients = schedule.posteriorMean(t)
    let logSmall = t == 1 ? 0 : log(schedule.posteriorVariance(t))
    let fixed = log(fixedVariance(t))
    let width = x0.count / x0.shape[0]
    var result: [Double] = []
    x0.withUnsafeScalars { x0 in
      xt.withUnsafeScalars { xt in
        step.x0.withUnsafeScalars { estimates in
          step.logVariance.withUnsafeScalars { logVariances in
            for row in 0..<x0.count / width {
              var sum = 0.0
              for index in row * width..<(row + 1) * width {
                let logVariance = variance == .learned ? Double(logVariances[index]) : fixed
                // Posterior and model share what x_t contributes to the mean.
                let difference = coefficients.x0 * (Double(estimates[index]) - Double(x0[index]))
                if t == 1 {
                  let shared = coefficients.x0 * Double(x0[index]) + coefficients.xt * Double(xt[index])
                  sum += decoder.negativeLogLikelihood(
                    Double(x0[index]), mean: shared + difference, logVariance: logVariance)
                } else {
                  sum +=
                    (logVariance - logSmall - 1 + exp(logSmall - logVariance)
                      + difference * difference * exp(-logVariance)) / 2
                }
              }
              result.append(sum)
            }
          }
        }
      }
    }
    return result
  }

  /// L_T of each row.
  private func priorTerms(_ rows: Tensor) -> [Double] {
    let width = rows.count / rows.shape[0]
    return rows.withUnsafeScalars { scalars in
      (0..<rows.shape[0]).map { row in
        var squares = 0.0
        for index in row * width..<(row + 1) * width { squares += Double(scalars[index]) * Double(scalars[index]) }
        return Double(width) * schedule.priorDivergence(meanSquare: squares / Double(width), at: stepCount)
      }
    }
  }
}
