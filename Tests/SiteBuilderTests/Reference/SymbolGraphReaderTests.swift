import Lessons
import SiteBuilder
import Testing

@Suite struct SymbolGraphReaderTests {
  private static let graph = """
    {"metadata": {}, "module": {"name": "M", "platform": {}}, "symbols": [
      {"kind": {"identifier": "swift.method"}, "identifier": {"precise": "s:M.b"}, "pathComponents": ["T", "b()"],
       "declarationFragments": [{"kind": "keyword", "spelling": "func"}, {"kind": "text", "spelling": " "},
         {"kind": "identifier", "spelling": "b"}, {"kind": "text", "spelling": "() -> "},
         {"kind": "typeIdentifier", "spelling": "T", "preciseIdentifier": "s:M.T"}, {"kind": "other", "spelling": "?"}],
       "location": {"uri": "file:///home/me/a%20b/Sources/M/T.swift", "position": {"line": 8, "character": 2}}},
      {"kind": {"identifier": "swift.struct"}, "identifier": {"precise": "s:M.T"}, "pathComponents": ["T"],
       "docComment": {"lines": [{"text": "One."}, {"text": ""}, {"text": "Two."}]},
       "location": {"uri": "file:///home/me/a%20b/Sources/M/T.swift", "position": {"line": 3, "character": 2}}},
      {"kind": {"identifier": "swift.macro"}, "identifier": {"precise": "s:M.m"}, "pathComponents": ["m"]},
      {"kind": {"identifier": "swift.init"}, "identifier": {"precise": "s:M.i"}, "pathComponents": ["T", "init()"],
       "location": {"uri": "file:///elsewhere/T.swift", "position": {"line": 1, "character": 2}}}
    ], "relationships": [
      {"kind": "conformsTo", "source": "s:M.T", "target": "s:SQ", "targetFallback": "Swift.Equatable"},
      {"kind": "conformsTo", "source": "s:M.T", "target": "s:s8SendableP", "targetFallback": "Swift.Sendable"},
      {"kind": "memberOf", "source": "s:M.b", "target": "s:M.T"}
    ]}
    """

  @Test func readsWhatAPageNeeds() throws {
    let reference = try SymbolGraphReader.read([Array(Self.graph.utf8)], packageFolder: "/home/me/a b")
    let module = try #require(reference.modules.first)
    #expect(module.name == "M")
    #expect(module.symbols.map(\.identifier) == ["s:M.T", "s:M.b", "s:M.i"])
    #expect(module.symbols[0].documentation == "One.\n\nTwo.")
    #expect(module.symbols[0].place == .init(path: "Sources/M/T.swift", line: 4))
    #expect(module.symbols[0].conformances == [.init(.typeIdentifier, "Equatable")])
    #expect(module.symbols[1].kind == .method)
    #expect(module.symbols[1].declaration.last == .init(.text, "?"))
    #expect(module.symbols[1].declaration[4] == .init(.typeIdentifier, "T", identifier: "s:M.T"))
    // No path of the machine leaves the reader.
    #expect(module.symbols[2].place == nil)
  }

  @Test func whatIsNoGraphIsSaid() {
    #expect(throws: Diagnostic.self) { try SymbolGraphReader.read([Array("{}".utf8)], packageFolder: "/") }
  }

  @Test func theReferenceIsKeptUnderTheLibrarysFingerprint() throws {
    let folder = try TemporaryFolder()
    let cache = ReferenceCache(folder: folder.url, fingerprint: "one")
    #expect(cache.load() == nil)
    cache.store(SampleReference.reference)
    #expect(cache.load() == SampleReference.reference)
    #expect(ReferenceCache(folder: folder.url, fingerprint: "two").load() == nil)
  }
}
