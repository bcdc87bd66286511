import Foundation

/// What one method gave for one seed: a line of JSON in the results.
struct Row: Codable, Equatable {
  let experiment: String
  let method: String
  let seed: UInt64
  let settings: String
  /// By the columns' keys.
  let values: [String: Double]
  /// Why there are no values, where training broke off.
  var error: String?

  func line() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
