internal import Lessons

/// What stands at an address of an executable.
struct CodePlace: Equatable, Sendable {
  var function: String
  var file: String
  var line: Int
  var column: Int
}

/// Finds the source of addresses by `llvm-symbolizer`.
struct Symbolizer: Sendable {
  let tool: String?
  let environment: [String: String]

  /// For each address the calls that were inlined there, innermost first; empty when nothing is known.
  func places(of addresses: [Int], in executable: String) async -> [[CodePlace]] {
    guard let tool, !addresses.isEmpty else { return [] }
    let command = Command(
      executable: tool,
      arguments: ["--obj=\(executable)", "--inlines", "--output-style=LLVM"]
        + addresses.map { "0x" + String($0, radix: 16) },
      directory: "/", environment: environment)
    guard let result = try? await command.run(), result.succeeded else { return [] }
    return Self.parse(result.output)
  }

  /// Pairs of lines (function; `file:line:column`), an empty line after each address.
  static func parse(_ output: String) -> [[CodePlace]] {
    var all: [[CodePlace]] = []
    var places: [CodePlace] = []
    var function: Substring?
    for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
      if let name = function {
        let fields = line.split(separator: ":", omittingEmptySubsequences: false)
        if fields.count >= 3, let number = Int(fields[fields.count - 2]), let column = Int(fields[fields.count - 1]) {
          let file = fields.dropLast(2).joined(separator: ":")
          places.append(CodePlace(function: String(name), file: file, line: number, column: column))
        }
        function = nil
      } else if line.isEmpty {
        if !places.isEmpty { all.append(places) }
        places = []
      } else {
        function = line
      }
    }
    if !places.isEmpty { all.append(places) }
    return all
  }
}

/// A stack as the author of a lesson reads it.
struct LessonStack: Equatable, Sendable {
  /// The places in the lesson, innermost first, each once.
  var places: [SourcePosition] = []
  /// What the compiler wrote into the code of a check that failed, such as `Index out of range`: under `-O` such a check
  /// prints nothing.
  var runtimeFailure: String?

  init(_ frames: [[CodePlace]], path: String) {
    let prefix = "Swift runtime failure: "
    if let name = frames.first?.first?.function, name.hasPrefix(prefix) {
      runtimeFailure = String(name.dropFirst(prefix.count))
    }
    for place in frames.joined() where place.line > 0 && (place.file == path || place.file.hasSuffix("/" + path)) {
      let position = SourcePosition(line: place.line, column: place.column)
      if places.last?.line != position.line { places.append(position) }
    }
  }
}
