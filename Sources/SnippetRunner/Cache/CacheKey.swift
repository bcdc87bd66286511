internal import Lessons
internal import SnippetProtocol

/// What a lesson's results depend on, part by part, so that a miss can be explained.
struct CacheKey: Equatable, Sendable {
  struct Part: Equatable, Sendable, WireCodable {
    /// In the words of an explanation, such as `the code of cell-3`.
    var name: String
    var digest: String

    init(name: String, digest: String) {
      self.name = name
      self.digest = digest
    }

    func encode(to writer: inout WireWriter) {
      writer.write(name)
      writer.write(digest)
    }

    init(from reader: inout WireReader) throws(WireError) {
      name = try reader.readString()
      digest = try reader.readString()
    }
  }

  var parts: [Part]

  /// The digest of all parts: the name of the entry.
  var digest: Digest {
    var writer = WireWriter()
    writer.write(parts)
    return SHA256.digest(writer.bytes)
  }

  /// Parts of the lesson itself. Prose is not among them, nor where the code stands: results keep their places relative
  /// to their cell. Only code that asks for its place (`#line` and its kin) depends on it.
  static func parts(of lesson: Lesson) -> [Part] {
    let cells = lesson.cells.filter { !$0.options.ignore }.map { part(of: $0, in: lesson) }
    let expressions = lesson.inlineExpressions.map { part(of: $0, in: lesson) }
    var writer = WireWriter()
    writer.write(lesson.cells.count)
    return cells + expressions + [Part(name: "the number of cells", digest: digest(writer))]
  }

  static func part(of cell: Cell, in lesson: Lesson) -> Part {
    var writer = WireWriter()
    writer.write(cell.index)
    writer.write(cell.code)
    writer.write(cell.options.eval)
    writer.writeOptional(cell.scope) { $0.write($1.index) }
    writer.writeOptional(cell.options.error) { $0.write($1) }
    if asksForItsPlace(cell.code) {
      writer.write(lesson.source.path)
      writer.write(cell.codeStart.line)
      writer.write(cell.indentation)
    }
    return Part(name: "the code of \(cell.name)", digest: digest(writer))
  }

  static func part(of expression: InlineExpression, in lesson: Lesson) -> Part {
    var writer = WireWriter()
    // Cells that are ignored do not count.
    writer.write(lesson.cells.prefix(expression.precedingCells).count { !$0.options.ignore })
    writer.write(expression.code)
    writer.write(expression.isDeferred)
    writer.writeOptional(expression.scope) { $0.write($1.index) }
    if asksForItsPlace(expression.code) {
      writer.write(lesson.source.path)
      writer.write(expression.range.start.line)
      writer.write(expression.range.start.column)
    }
    return Part(name: "the inline expression `\(expression.code)`", digest: digest(writer))
  }

  static func digest(_ writer: WireWriter) -> String { SHA256.digest(writer.bytes).description }

  private static func asksForItsPlace(_ code: String) -> Bool {
    ["#line", "#column", "#file", "#dsohandle"].contains { code.contains($0) }
  }

  /// How another key differs from this one, in a sentence.
  func difference(from other: CacheKey) -> String {
    let before = Dictionary(other.parts.map { ($0.name, $0.digest) }) { first, _ in first }
    let after = Dictionary(parts.map { ($0.name, $0.digest) }) { first, _ in first }
    let changed = parts.filter { part in before[part.name].map { $0 != part.digest } ?? false }.map(\.name)
    let added = parts.filter { before[$0.name] == nil }.map(\.name)
    let removed = other.parts.filter { after[$0.name] == nil }.map(\.name)
    let clauses = [("changed", changed), ("new", added), ("gone", removed)].filter { !$0.1.isEmpty }
      .map { "\($0.0): \($0.1.joined(separator: ", "))" }
    return clauses.isEmpty ? "the order of the cells changed" : clauses.joined(separator: "; ")
  }
}
