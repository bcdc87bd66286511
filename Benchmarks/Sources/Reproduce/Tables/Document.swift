import Foundation

/// A Markdown document whose tables are rewritten in their places: what stands between `<!-- table name -->` and
/// `<!-- end -->`.
struct Document {
  let file: URL

  /// - Parameter table: gives the table of a name, or nil when there is none.
  func rewriteTables(_ table: (String) throws -> String?) throws {
    var result: [Substring] = []
    var isInside = false
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "<!-- end -->" { isInside = false }
      if !isInside { result.append(line) }
      guard line.hasPrefix("<!-- table "), line.hasSuffix(" -->") else { continue }
      let name = String(line.dropFirst("<!-- table ".count).dropLast(" -->".count))
      guard let text = try table(name) else { throw UsageError("\(file.path) asks for the table \(name)") }
      result += ["", Substring(text), ""]
      isInside = true
    }
    try result.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
  }
}
