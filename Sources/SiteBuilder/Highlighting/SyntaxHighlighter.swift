package import Foundation
package import Lessons

/// The stage that colours a lesson's code and finds out what each name in it is.
///
/// The toolchain's language server reads the lesson's cells as one file. Where it is missing, crashes or takes too long,
/// the code is coloured by spelling alone and a warning says so. Answers are kept in a cache.
package struct SyntaxHighlighter: Sendable {
  /// How to reach the compiler's knowledge.
  package struct Toolchain: Sendable {
    /// The path of `sourcekit-lsp`.
    package var languageServer: String
    /// What the compiler needs to find the modules that lessons import, such as `-I …/Modules`.
    package var compilerArguments: [String]
    /// The module that a lesson's program imports at its top.
    package var lessonModule: String
    /// Names the toolchain's version and the content of the lesson module; answers are kept under it.
    package var fingerprint: String

    package init(
      languageServer: String, compilerArguments: [String], lessonModule: String = "LessonKit", fingerprint: String
    ) {
      self.languageServer = languageServer
      self.compilerArguments = compilerArguments
      self.lessonModule = lessonModule
      self.fingerprint = fingerprint
    }
  }

  package struct Result: Sendable {
    package var tokens: LessonTokens
    package var warnings: [Diagnostic]
  }

  private let toolchain: Toolchain?
  private let cache: TokenCache?
  private let timeout: Duration

  /// - Parameters:
  ///   - toolchain: nil colours by spelling alone.
  ///   - cacheFolder: where answers are kept between builds; nil keeps none.
  ///   - timeout: how long the language server may take for one answer.
  package init(toolchain: Toolchain?, cacheFolder: URL?, timeout: Duration = .seconds(120)) {
    self.toolchain = toolchain
    self.cache = cacheFolder.map(TokenCache.init)
    self.timeout = timeout
  }

  package func highlight(_ lesson: Lesson) -> Result {
    guard let toolchain, !lesson.cells.isEmpty else {
      return Result(tokens: Self.lexicalTokens(of: lesson), warnings: [])
    }
    let key = Self.key(lesson, toolchain)
    if let tokens = cache?.load(key), Self.fits(tokens, lesson) { return Result(tokens: tokens, warnings: []) }
    do throws(LanguageServer.Failure) {
      let tokens = try Self.ask(toolchain, about: lesson, timeout: timeout)
      cache?.store(tokens, key)
      return Result(tokens: tokens, warnings: [])
    } catch {
      let warning = Diagnostic(
        severity: .warning, stage: .environment, identifier: "language-server",
        summary:
          "the language server \(Self.describe(error)); the code of \(lesson.slug) is coloured by spelling alone",
        remedy: error == .unresolved
          ? "Check that the lesson compiles, and that \(toolchain.lessonModule) was built by the same toolchain."
          : "Check that \(toolchain.languageServer) runs.")
      return Result(tokens: Self.lexicalTokens(of: lesson), warnings: [warning])
    }
  }

  /// Colours by spelling alone.
  package static func lexicalTokens(of lesson: Lesson) -> LessonTokens {
    LessonTokens(cells: lesson.cells.map { SwiftLexer.tokens(of: $0.code) })
  }

  private static func ask(
    _ toolchain: Toolchain, about lesson: Lesson, timeout: Duration
  ) throws(LanguageServer.Failure) -> LessonTokens {
    let source = CombinedSource(cells: lesson.cells, module: toolchain.lessonModule)
    let workspace: Workspace
    do {
      workspace = try Workspace(source: source.text, compilerArguments: toolchain.compilerArguments)
    } catch {
      throw .process(.notStarted(reason: error.localizedDescription))
    }
    let server = try LanguageServer(path: toolchain.languageServer, folder: workspace.folder, timeout: timeout)
    try server.open(workspace.file, text: source.text)
    var cells = lesson.cells.map { cell in cell.options.ignore ? SwiftLexer.tokens(of: cell.code) : [] }
    var hovers: [Hover] = []
    var hoverIndices: [Hover: Int] = [:]
    for token in try server.semanticTokens(of: workspace.file) {
      guard let place = source.place(line: token.line, character: token.character, length: token.length),
        let kind = CodeToken.Kind(semanticType: token.type, spelling: source.spelling(place, lesson.cells))
      else { continue }
      var hover: Int?
      // What `+` means for numbers nobody has to be told.
      if kind.hasHover, kind != .functionOperator || !token.isFromLibrary,
        let text = try server.hover(workspace.file, line: token.line, character: token.character),
        var value = Hover(markdown: text)
      {
        // A guess is worse than no colour, and must not be kept.
        if value.isUnresolved, !mayFail(lesson.cells[place.cell]) { throw .unresolved }
        value.symbols = try server.symbols(workspace.file, line: token.line, character: token.character)
        hover = hoverIndices[value] ?? hovers.count
        if hover == hovers.count {
          hoverIndices[value] = hovers.count
          hovers.append(value)
        }
      }
      cells[place.cell].append(CodeToken(offset: place.offset, length: place.length, kind: kind, hover: hover))
    }
    return LessonTokens(cells: cells.map(withoutOverlaps), hovers: hovers)
  }

  /// A cell that is there to show a mistake need not make sense to the compiler.
  private static func mayFail(_ cell: Cell) -> Bool { cell.options.error != nil }

  private static func withoutOverlaps(_ tokens: [CodeToken]) -> [CodeToken] {
    var end = 0
    return tokens.sorted { $0.offset < $1.offset }.filter { token in
      guard token.offset >= end else { return false }
      end = token.offset + token.length
      return true
    }
  }

  private static func key(_ lesson: Lesson, _ toolchain: Toolchain) -> String {
    let cells = lesson.cells.map { cell in
      (cell.options.ignore ? "ignored\n" : "compiled\n") + (cell.scope.map { "scope \($0.index)\n" } ?? "") + cell.code
    }
    return "tokens 7\n\(toolchain.fingerprint)\n\(toolchain.lessonModule)\n" + cells.joined(separator: "\u{1E}")
  }

  /// A damaged cache entry may hold anything; ranges outside the code would not be colours of this lesson.
  private static func fits(_ tokens: LessonTokens, _ lesson: Lesson) -> Bool {
    guard tokens.cells.count == lesson.cells.count else { return false }
    return zip(tokens.cells, lesson.cells).allSatisfy { tokens, cell in
      var end = 0
      return tokens.allSatisfy { token in
        defer { end = token.offset + token.length }
        return token.offset >= end && token.length > 0 && token.length <= cell.code.utf8.count - token.offset
      }
    }
  }

  private static func describe(_ failure: LanguageServer.Failure) -> String {
    switch failure {
    case .process(.notStarted(let reason)): "could not be started (\(reason))"
    case .process(.ended): "ended before it answered"
    case .process(.timedOut): "took too long to answer"
    case .unresolved: "does not find what the code uses"
    case .unexpectedAnswer(let method): "gave an answer to \(method) that is not understood"
    }
  }
}

extension CodeToken.Kind {
  /// The kind of the protocol's token type; nil for a type that says nothing about colour.
  init?(semanticType: String, spelling: CombinedSource.Spelling) {
    switch semanticType {
    case "keyword": self = .keyword
    case "comment": self = .comment
    case "string", "regexp": self = .string
    case "number": self = .number
    case "type", "class", "enum", "interface", "struct": self = .type
    case "typeParameter": self = .typeParameter
    // The server calls operators methods, and argument labels after the function whose they are.
    case "function", "method", "operator":
      switch spelling {
      case .name: self = .function
      case .label: self = .parameter
      case .symbols: self = .functionOperator
      }
    case "property": self = .property
    case "enumMember": self = .enumCase
    case "parameter": self = .parameter
    case "variable", "identifier": self = .variable
    case "namespace": self = .module
    case "macro": self = .macro
    case "modifier": self = .attribute
    default: return nil
    }
  }

  var hasHover: Bool {
    switch self {
    case .keyword, .comment, .string, .number, .macro, .attribute: false
    default: true
    }
  }
}
