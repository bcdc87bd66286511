/// A subcommand and the experiments that it runs.
struct Protocols: Sendable {
  let command: String
  let experiments: [Experiment]

  /// Making them reads no data; running them does.
  static let all = [
    Protocols(command: "points", experiments: PointSet.all.map { PointProtocol($0).experiment }),
    Protocols(command: "search", experiments: PointSet.all.flatMap { PointSearch($0).experiments }),
    Protocols(command: "forgetting", experiments: [ForgettingProtocol.experiment]),
    Protocols(command: "times", experiments: [PointTimes.experiment]),
    Protocols(command: "images", experiments: [ImageProtocol.experiment]),
  ]
}
