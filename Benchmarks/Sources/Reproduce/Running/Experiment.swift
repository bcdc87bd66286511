/// A protocol from a paper: trainings whose measured values make one table.
struct Experiment: Sendable {
  /// Also the name of its folder of results: "points-ring".
  let name: String
  /// What the table's columns show, in order.
  let columns: [Column]
  /// The trainings, in the table's order of rows.
  let trainings: [Training]
  /// What others have published, below the measured rows.
  var published: [PublishedRow] = []
  /// How many seeds are run unless the command says otherwise.
  var seeds = 10
  /// The first of them.
  var firstSeed: UInt64 = 1
}

/// One model trained once for each seed. It may give several of the table's rows: a diffusion model is sampled in many
/// ways.
struct Training: Sendable {
  /// The rows that it gives.
  let methods: [String]
  /// All that its values depend on besides the seed, in words: architecture, steps, rates. Results are kept for as long
  /// as these words stay the same.
  let settings: String
  /// Trains and measures: the values of every method, by the columns' keys. A key without a value is left out.
  let run: @Sendable (_ seed: UInt64) throws -> [String: [String: Double]]

  init(_ methods: [String], settings: String, run: @escaping @Sendable (UInt64) throws -> [String: [String: Double]]) {
    self.methods = methods
    self.settings = settings
    self.run = run
  }

  /// A training that gives one row.
  init(_ method: String, settings: String, run: @escaping @Sendable (UInt64) throws -> [String: Double]) {
    self.init([method], settings: settings) { seed in [method: try run(seed)] }
  }
}

/// A column of a table: the values of one key, as a mean over seeds with its interval.
struct Column: Sendable {
  let title: String
  let key: String
  var decimals = 1
  /// What values are multiplied by before they are shown: 100 for shares in percent.
  var scale = 1.0
}

/// A row as somebody else has published it.
struct PublishedRow: Sendable {
  let method: String
  let source: String
  /// The cells as published, one for each column; empty where nothing was.
  let cells: [String]
}
