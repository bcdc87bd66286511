internal import Foundation
import Testing

/// Holds the benchmark's numbers that lessons quote against the tables that `make reproduce` writes.
///
/// A quoted number has as many decimals as its place allows; it must be the table's, rounded.
struct BenchmarkQuoteTests {
  /// A row of a lesson, and the cells of the benchmark's tables that it repeats.
  struct Quote: CustomStringConvertible {
    var lesson: String
    /// How the row begins.
    var start: [String]
    /// Its other cells, in order; nil for a cell that is not the benchmark's.
    var cells: [Source?]

    var description: String { "\(lesson): \(start.joined(separator: ", "))" }
  }

  struct Source {
    var table: String
    var method: String
    var column: String
  }

  static let quotes: [Quote] = [collapse, headToHead, stacked, labels, search].flatMap { $0 }

  /// Names in a lesson, and in the benchmark.
  private typealias Names = [(String, String)]

  private static let collapse: [Quote] = {
    let names: Names = [
      ("GAN", "GAN"), ("PacGAN2", "PacGAN2"), ("unrolled", "Unrolled GAN"), ("R1", "R1"), ("WGAN-GP", "WGAN-GP"),
    ]
    return names.map { name, method in
      Quote(lesson: "07-mode-collapse", start: [name], cells: [nil] + points(of: method))
    }
  }()

  private static let headToHead: [Quote] = {
    let names: Names = [
      ("GAN", "GAN"), ("PacGAN2", "PacGAN2"), ("Unrolled GAN", "Unrolled GAN"), ("SSGAN", "SSGAN"), ("R1", "R1"),
      ("WGAN-GP", "WGAN-GP"), ("diffusion", "DDPM 100"),
    ]
    return names.map { name, method in
      Quote(lesson: "15-head-to-head", start: [name, "benchmark"], cells: points(of: method))
    }
  }()

  private static func points(of method: String) -> [Source?] {
    var sources: [Source?] = []
    for set in ["ring", "grid"] {
      for column in ["modes", "high quality, %", "reverse KL, high quality"] {
        sources.append(Source(table: "points-\(set)", method: method, column: column))
      }
    }
    return sources
  }

  private static let stacked: [Quote] = {
    let names: Names = [
      ("real test pictures", "test images"), ("DCGAN", "DCGAN"), ("PacDCGAN2", "PacDCGAN2"),
      ("diffusion, 10 calls", "DDPM by DPM-Solver++ 10"),
    ]
    return names.map { name, method in
      let cells: [Source?] = ["modes", "reverse KL"].map { Source(table: "stacked", method: method, column: $0) }
      return Quote(lesson: "15-head-to-head", start: [name, "benchmark, clothes"], cells: cells)
    }
  }()

  private static let labels: [Quote] = {
    let names: Names = [
      ("pixels", "pixels"), ("PCA", "PCA"), ("denoising autoencoder", "denoising autoencoder"), ("VAE", "VAE"),
      ("rotations", "rotation"), ("views", "contrastive"), ("SSGAN's judge", "SSGAN's discriminator"),
      ("diffusion model, $t = 50$", "DDPM at t = 50"), ("labels alone (one seed)", "labels alone"),
    ]
    return names.map { name, method in
      let cells: [Source?] = [100, 1_000, 10_000, 60_000].map {
        Source(table: "labels", method: method, column: "\($0) labels, %")
      }
      return Quote(lesson: "18-so-do-we-need-labels", start: [name], cells: cells)
    }
  }()

  private static let search: [Quote] = {
    var quotes: [Quote] = []
    for set in ["ring", "grid"] {
      for method in ["GAN", "PacGAN2", "SSGAN", "R1"] {
        var cells: [Source?] = []
        for octaves in [0, 2] {
          for rate in ["0.003", "0.01", "0.03"] {
            let column = "\(octaves) octaves, \(rate) / \(rate)"
            cells.append(Source(table: "search-head-to-head-\(set)", method: method, column: column))
          }
        }
        quotes.append(Quote(lesson: "15-head-to-head", start: [set, method], cells: cells))
      }
    }
    return quotes
  }()

  @Test(arguments: quotes) func theQuoteIsTheTables(quote: Quote) throws {
    let rows = try Self.rows(of: "lessons/\(quote.lesson).md").filter { $0.starts(with: quote.start) }
    let candidates = rows.map { Array($0.dropFirst(quote.start.count)) }.filter { $0.count == quote.cells.count }
    try #require(candidates.count == 1, "the lesson has \(candidates.count) such rows")
    let tables = try Self.tables()
    for (cell, source) in zip(candidates[0], quote.cells) {
      guard let source else { continue }
      let original = try #require(tables[source.table]?[source.method]?[source.column])
      #expect(Self.repeats(cell, original), "\(cell), but \(source.column) of \(source.method) is \(original)")
    }
  }

  /// Whether a text like "95.5 ± 1.2" is another one with fewer decimals, or without its interval.
  static func repeats(_ quote: String, _ original: String) -> Bool {
    let (quoted, whole) = (numbers(quote), numbers(original))
    guard let mean = quoted.first, let exact = whole.first, whole.count >= quoted.count else { return false }
    guard agree(mean, exact) else { return false }
    return quoted.count < 2 || agree(quoted[1], whole[1])
  }

  private static func numbers(_ text: String) -> [Substring] {
    text.replacing("\u{A0}", with: " ").split(separator: " ± ")
  }

  private static func agree(_ quote: Substring, _ exact: Substring) -> Bool {
    guard let value = Double(quote), let original = Double(exact) else { return false }
    let decimals = quote.split(separator: ".").dropFirst().first?.count ?? 0
    return abs(value - original) <= 0.5 * pow(10, -Double(decimals)) + 1e-9
  }

  @Test func aQuoteMayBeShorterButNotOther() {
    #expect(Self.repeats("0.17", "0.1723 ± 0.1342"))
    #expect(Self.repeats("0.172 ± 0.134", "0.1723 ± 0.1342"))
    #expect(!Self.repeats("0.18", "0.1723 ± 0.1342"))
    #expect(!Self.repeats("0.172 ± 0.135", "0.1723 ± 0.1342"))
    #expect(!Self.repeats("0.172 ± 0.134", "0.1723"))
    #expect(!Self.repeats("", "0.1723"))
    #expect(!Self.repeats("0.17", "-"))
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func lines(of file: String) throws -> [Substring] {
    try String(contentsOf: root.appending(path: file), encoding: .utf8).split(separator: "\n")
  }

  /// Rows of a lesson's Markdown tables, and of the literals of which its cells make tables.
  private static func rows(of file: String) throws -> [[String]] {
    try lines(of: file).compactMap { line in
      if line.hasPrefix("| ") { return cells(line) }
      guard let literal = line.wholeMatch(of: /\s*\[(".*")\],/) else { return nil }
      return literal.1.dropFirst().dropLast().split(separator: "\", \"", omittingEmptySubsequences: false)
        .map(String.init)
    }
  }

  private static func cells(_ line: Substring) -> [String] {
    line.dropFirst().dropLast().split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// The benchmark's own rows by table, method and column.
  private static func tables() throws -> [String: [String: [String: String]]] {
    var tables: [String: [String: [String: String]]] = [:]
    var name: String?
    var titles: [String] = []
    for line in try lines(of: "Benchmarks/Reproduction.md") {
      if let start = line.wholeMatch(of: /<!-- table (.*) -->/) { (name, titles) = (String(start.1), []) }
      guard let name, line.hasPrefix("| "), !line.hasPrefix("| ---") else { continue }
      let row = cells(line)
      if titles.isEmpty { titles = row }
      // Published rows carry the names of ours, and stand below them.
      guard tables[name]?[row[0]] == nil, row.count == titles.count else { continue }
      tables[name, default: [:]][row[0]] = Dictionary(zip(titles, row)) { first, _ in first }
    }
    return tables
  }
}
