/// The few messages of the Language Server Protocol that colouring needs, under the protocol's own names.
extension LanguageServer {
  struct Empty: Codable {}

  struct Message<Parameters: Encodable>: Encodable {
    var jsonrpc = "2.0"
    var id: Int?
    var method: String
    var params: Parameters
  }

  enum Identifier: Codable, Equatable {
    case number(Int)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let number): try container.encode(number)
      case .text(let text): try container.encode(text)
      }
    }
  }

  struct Envelope: Decodable {
    var id: Identifier?
    var method: String?
  }

  struct Answer<Result: Decodable>: Decodable {
    var result: Result
  }

  /// The answer "null" to a question of the server's.
  struct Reply: Encodable {
    var id: Identifier

    private enum Keys: CodingKey { case jsonrpc, id, result }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode("2.0", forKey: .jsonrpc)
      try container.encode(id, forKey: .id)
      try container.encodeNil(forKey: .result)
    }
  }

  struct Initialize: Encodable {
    var rootUri: String
    var capabilities = Empty()
  }

  struct InitializeResult: Decodable {
    struct Capabilities: Decodable {
      struct Provider: Decodable {
        struct Legend: Decodable {
          var tokenTypes: [String]
          var tokenModifiers: [String]
        }
        var legend: Legend
      }
      var semanticTokensProvider: Provider
    }
    var capabilities: Capabilities
  }

  struct DidOpen: Encodable {
    struct Document: Encodable {
      var uri: String
      var languageId = "swift"
      var version = 1
      var text: String
    }
    var textDocument: Document
  }

  struct FileParameters: Encodable {
    struct Document: Encodable { var uri: String }
    var textDocument: Document
  }

  struct TokensResult: Decodable { var data: [Int] }

  struct HoverParameters: Encodable {
    struct Position: Encodable {
      var line: Int
      var character: Int
    }
    var textDocument: FileParameters.Document
    var position: Position
  }

  struct HoverResult: Decodable {
    struct Contents: Decodable { var value: String }
    var contents: Contents
  }

  struct SymbolDetails: Decodable { var usr: String? }
}
