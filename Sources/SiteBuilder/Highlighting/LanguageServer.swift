internal import Foundation

/// The toolchain's language server, asked about one file.
///
/// Requests follow the Language Server Protocol 3.17: JSON-RPC, each message after a `Content-Length` header.
final class LanguageServer {
  struct SemanticToken: Equatable {
    /// 0-based, as the protocol counts.
    var line: Int
    /// In UTF-16 units from the line's start.
    var character: Int
    var length: Int
    var type: String
    /// Declared by the standard library.
    var isFromLibrary: Bool
  }

  enum Failure: Error, Equatable {
    case process(ServerProcess.Failure)
    case unexpectedAnswer(method: String)
    /// It knows no type for a name in the code.
    case unresolved
  }

  private let process: ServerProcess
  private let timeout: Duration
  private var lastRequest = 0
  private var tokenTypes: [String] = []
  /// The bit of the token modifier for the standard library.
  private var libraryBit = 0

  /// Starts the server at `path` in `folder`, whose `compile_flags.txt` says how files compile. Every answer must come
  /// within `timeout`.
  init(path: String, folder: URL, timeout: Duration) throws(Failure) {
    self.timeout = timeout
    do { process = try ServerProcess(path: path) } catch { throw .process(error) }
    let parameters = Initialize(rootUri: folder.absoluteString)
    let result: InitializeResult = try request("initialize", parameters)
    let legend = result.capabilities.semanticTokensProvider.legend
    tokenTypes = legend.tokenTypes
    libraryBit = legend.tokenModifiers.firstIndex(of: "defaultLibrary").map { 1 << $0 } ?? 0
    try notify("initialized", Empty())
  }

  func open(_ file: URL, text: String) throws(Failure) {
    try notify("textDocument/didOpen", DidOpen(textDocument: .init(uri: file.absoluteString, text: text)))
  }

  func semanticTokens(of file: URL) throws(Failure) -> [SemanticToken] {
    let method = "textDocument/semanticTokens/full"
    let result: TokensResult = try request(method, FileParameters(textDocument: .init(uri: file.absoluteString)))
    guard result.data.count.isMultiple(of: 5) else { throw .unexpectedAnswer(method: method) }
    var tokens: [SemanticToken] = []
    var line = 0
    var character = 0
    for start in stride(from: 0, to: result.data.count, by: 5) {
      let record = result.data[start..<start + 5]
      let lineStep = record[start]
      line += lineStep
      character = lineStep == 0 ? character + record[start + 1] : record[start + 1]
      let type = record[start + 3]
      guard tokenTypes.indices.contains(type) else { throw .unexpectedAnswer(method: method) }
      tokens.append(
        SemanticToken(
          line: line, character: character, length: record[start + 2], type: tokenTypes[type],
          isFromLibrary: record[start + 4] & libraryBit != 0))
    }
    return tokens
  }

  /// The Markdown that an editor would show at the position; nil where there is nothing to say.
  func hover(_ file: URL, line: Int, character: Int) throws(Failure) -> String? {
    let parameters = HoverParameters(
      textDocument: .init(uri: file.absoluteString), position: .init(line: line, character: character))
    let result: HoverResult? = try request("textDocument/hover", parameters)
    return result?.contents.value
  }

  /// The compiler's names of what the position names, each once; empty where it has none.
  func symbols(_ file: URL, line: Int, character: Int) throws(Failure) -> [String] {
    let parameters = HoverParameters(
      textDocument: .init(uri: file.absoluteString), position: .init(line: line, character: character))
    let details: [SymbolDetails]? = try request("textDocument/symbolInfo", parameters)
    var names: [String] = []
    for case let name? in (details ?? []).map(\.usr) where !names.contains(name) { names.append(name) }
    return names
  }

  // MARK: Messages

  private func request<Parameters: Encodable, Result: Decodable>(
    _ method: String, _ parameters: Parameters
  ) throws(Failure) -> Result {
    lastRequest += 1
    process.limit(to: timeout)
    try send(Message(id: lastRequest, method: method, params: parameters), method)
    while true {
      let body = try receive(method)
      let decoder = JSONDecoder()
      guard let envelope = try? decoder.decode(Envelope.self, from: body) else {
        throw .unexpectedAnswer(method: method)
      }
      if let asked = envelope.method {
        // The server may ask too (to register a capability, for one); it only has to hear that it was heard.
        if let id = envelope.id { try send(Reply(id: id), asked) }
        continue
      }
      guard envelope.id == .number(lastRequest) else { continue }
      guard let answer = try? decoder.decode(Answer<Result>.self, from: body) else {
        throw .unexpectedAnswer(method: method)
      }
      return answer.result
    }
  }

  private func notify(_ method: String, _ parameters: some Encodable) throws(Failure) {
    process.limit(to: timeout)
    try send(Message(id: nil, method: method, params: parameters), method)
  }

  private func send(_ message: some Encodable, _ method: String) throws(Failure) {
    guard let body = try? JSONEncoder().encode(message) else { throw .unexpectedAnswer(method: method) }
    do {
      try process.send(Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
    } catch {
      throw .process(error)
    }
  }

  private func receive(_ method: String) throws(Failure) -> Data {
    do {
      let header = String(decoding: try process.receive(through: Array("\r\n\r\n".utf8)), as: UTF8.self)
      for field in header.split(separator: "\r\n") {
        let parts = field.split(separator: ":", maxSplits: 1)
        if parts.count == 2, parts[0].lowercased() == "content-length",
          let count = Int(parts[1].trimmingCharacters(in: .whitespaces)), count >= 0
        {
          return Data(try process.receive(count: count))
        }
      }
    } catch {
      throw .process(error)
    }
    throw .unexpectedAnswer(method: method)
  }
}
