/// A subcommand and the experiments that it runs.
struct Protocols: Sendable {
  let command: String
  let experiments: [Experiment]

  /// Making them reads rows at most, where one experiment builds on another; running them reads data.
  static func all(_ results: Results) throws -> [Protocols] {
    [
      Protocols(
        command: "search", experiments: PointSet.all.flatMap { PointSearch($0, results: results).experiments }),
      Protocols(
        command: "points", experiments: try PointSet.all.map { try PointProtocol($0, results: results).experiment() }),
      Protocols(command: "stacked", experiments: [StackedProtocol.experiment]),
      Protocols(command: "forgetting", experiments: [ForgettingProtocol.experiment]),
      Protocols(command: "labels", experiments: [LabelProtocol.experiment]),
      Protocols(command: "images", experiments: [ImageProtocol.experiment(results)]),
      Protocols(command: "times", experiments: [try PointTimes.experiment(results), ImageTimes.experiment]),
    ]
  }
}
