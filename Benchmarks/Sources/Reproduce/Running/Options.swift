import Foundation

/// What the command line asks for.
struct Options {
  var command = ""
  /// How many seeds, from `firstSeed` on; nil for what the experiment usually takes.
  var seeds: Int?
  /// The first seed; nil for what the experiment usually takes.
  var firstSeed: UInt64?
  /// Only trainings that give one of these methods; all when empty.
  var methods: [String] = []
  /// Only experiments whose names contain this.
  var only: String?
  var results = URL(filePath: "Results")
  /// No training is begun after so many minutes.
  var minutes: Double?
  /// Whether rows that are there are computed again and compared.
  var verifies = false
  /// The document whose tables are to be rewritten; nil prints them.
  var document: URL?

  static let usage = """
    usage: reproduce search | points | stacked | forgetting | labels | images | times [options]
           reproduce table [--into file] [--results folder]
      --seeds n          how many seeds (10 unless the protocol says otherwise)
      --first-seed n     where they begin (1; 101 for the search)
      --method name      only trainings that give this row; may be repeated
      --only text        only experiments whose name contains the text: ring
      --results folder   where rows are kept, one line of JSON each (Results); rows that are there are not computed again
      --minutes n        begin no training after so many minutes
      --verify           compute rows that are there once more and compare every bit
      --into file        rewrite the tables between this document's marks
    """

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    command = rest.popFirst() ?? ""
    while let name = rest.popFirst() {
      if name == "--verify" {
        verifies = true
        continue
      }
      guard let value = rest.popFirst() else { throw UsageError("\(name) needs a value") }
      switch name {
      case "--seeds": seeds = try number(value, name, from: 1)
      case "--first-seed": firstSeed = UInt64(try number(value, name, from: 0))
      case "--method": methods.append(value)
      case "--only": only = value
      case "--results": results = URL(filePath: value)
      case "--minutes":
        guard let parsed = Double(value), parsed > 0 else { throw UsageError("--minutes needs a number above 0") }
        minutes = parsed
      case "--into": document = URL(filePath: value)
      default: throw UsageError("there is no option \(name)")
      }
    }
  }
}

private func number(_ text: String, _ name: String, from least: Int) throws -> Int {
  guard let value = Int(text), value >= least else {
    throw UsageError("\(name) needs a whole number from \(least) on, not \(text)")
  }
  return value
}

/// A command line that cannot be understood.
struct UsageError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
