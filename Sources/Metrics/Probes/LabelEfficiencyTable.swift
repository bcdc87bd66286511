/// How well each subject classifies from each budget of labels.
public struct LabelEfficiencyTable: Sendable, Equatable {
  /// One subject at one budget.
  public struct Cell: Sendable, Equatable {
    /// The labels that it was given.
    public let budget: Int
    /// The share of the test that was right, for each draw of the labels.
    public let accuracies: [Double]
    /// The penalty of each draw's probe; empty for a classifier.
    public let penalties: [Double]
    /// The mean over draws.
    public let mean: Double
    /// The standard deviation over draws, with n - 1; 0 where there is one draw.
    public let spread: Double
    /// Of several draws Student's interval for their mean, the test being what it is; of a single draw Wilson's, for
    /// another test.
    public let interval: ConfidenceInterval

    init(budget: Int, accuracies: [Double], penalties: [Double], testCount: Int, confidence: Double) {
      self.budget = budget
      self.accuracies = accuracies
      self.penalties = penalties
      if accuracies.count > 1 {
        let estimate = MeanEstimate(of: accuracies, confidence: confidence)
        (mean, spread, interval) = (estimate.mean, estimate.standardDeviation, estimate.interval)
      } else {
        let hits = Int((accuracies[0] * Double(testCount)).rounded())
        (mean, spread) = (accuracies[0], 0)
        interval = wilsonInterval(successes: hits, trials: testCount, confidence: confidence)
      }
    }
  }

  /// One subject.
  public struct Row: Sendable, Equatable {
    public let name: String
    /// The numbers of a description; nil for a classifier.
    public let featureWidth: Int?
    /// One for each budget.
    public let cells: [Cell]

    /// The mean accuracies, one for each budget: a curve.
    public var means: [Double] { cells.map(\.mean) }
  }

  /// The budgets, as they were asked for.
  public let budgets: [Int]
  /// The subjects, as they were given.
  public let rows: [Row]

  /// The cell of a subject and a budget, or nil.
  public subscript(name: String, budget: Int) -> Cell? {
    rows.first { $0.name == name }?.cells.first { $0.budget == budget }
  }
}
