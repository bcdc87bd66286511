internal import Foundation
package import Lessons

/// Reads the compiler's symbol graphs.
package enum SymbolGraphReader {
  /// - Parameters:
  ///   - graphs: each the JSON of one graph; those of a module follow each other.
  ///   - packageFolder: what the places of declarations are told from. A declaration elsewhere has no place.
  /// - Throws: a diagnostic when one is no symbol graph.
  package static func read(_ graphs: [[UInt8]], packageFolder: String) throws(Diagnostic) -> APIReference {
    var modules: [APIReference.Module] = []
    var names: [String: String] = [:]
    var relationships: [SymbolGraphFile.Relationship] = []
    for graph in graphs {
      let file: SymbolGraphFile
      do {
        file = try JSONDecoder().decode(SymbolGraphFile.self, from: Data(graph))
      } catch {
        throw Diagnostic(
          severity: .warning, stage: .environment, identifier: "symbol-graphs",
          summary: "a symbol graph is not understood; the site is without its reference of the interface",
          remedy: "Build walkthrough and LessonKit with the same toolchain: \(error)")
      }
      if modules.last?.name != file.module.name { modules.append(.init(name: file.module.name, symbols: [])) }
      for symbol in file.symbols {
        guard let symbol = self.symbol(symbol, of: file.module.name, packageFolder) else { continue }
        modules[modules.count - 1].symbols.append(symbol)
        names[symbol.identifier] = symbol.fullName
      }
      relationships += file.relationships
    }
    let conformances = conformances(relationships, names)
    for index in modules.indices {
      for place in modules[index].symbols.indices {
        modules[index].symbols[place].conformances = conformances[modules[index].symbols[place].identifier] ?? []
      }
      modules[index].symbols.sort(by: isBefore)
    }
    return APIReference(modules: modules)
  }

  private static func isBefore(_ first: APISymbol, _ second: APISymbol) -> Bool {
    func key(_ symbol: APISymbol) -> (String, Int, String, String) {
      // What the compiler wrote has no place and comes last.
      (symbol.place?.path ?? "~", symbol.place?.line ?? 0, symbol.fullName, symbol.identifier)
    }
    return key(first) < key(second)
  }

  private static func symbol(
    _ symbol: SymbolGraphFile.Symbol, of module: String, _ packageFolder: String
  ) -> APISymbol? {
    guard let kind = APISymbol.Kind(graphKind: symbol.kind.identifier) else { return nil }
    let fragments = symbol.declarationFragments ?? []
    return APISymbol(
      identifier: symbol.identifier.precise, module: module, path: symbol.pathComponents, kind: kind,
      declaration: fragments.map {
        .init(.init(rawValue: $0.kind) ?? .text, $0.spelling, identifier: $0.preciseIdentifier)
      },
      documentation: (symbol.docComment?.lines ?? []).map(\.text).joined(separator: "\n"),
      place: symbol.location.flatMap { place($0, packageFolder) })
  }

  private static func place(_ location: SymbolGraphFile.Symbol.Location, _ packageFolder: String) -> APISymbol.Place? {
    guard let path = URL(string: location.uri)?.path(percentEncoded: false), path.hasPrefix(packageFolder + "/") else {
      return nil
    }
    return .init(path: String(path.dropFirst(packageFolder.utf8.count + 1)), line: location.position.line + 1)
  }

  /// What every type is, which nobody has to be told.
  private static let untold: Set<String> = ["Sendable", "SendableMetatype", "Copyable", "Escapable", "BitwiseCopyable"]

  /// By the type's identifier, in the order of the protocols' names.
  private static func conformances(
    _ relationships: [SymbolGraphFile.Relationship], _ names: [String: String]
  ) -> [String: [APISymbol.Fragment]] {
    var conformances: [String: [APISymbol.Fragment]] = [:]
    for relationship in relationships where relationship.kind == "conformsTo" {
      let known = names[relationship.target]
      let foreign = relationship.targetFallback?.split(separator: ".").last.map(String.init)
      guard let name = known ?? foreign, !untold.contains(name) else { continue }
      conformances[relationship.source, default: []].append(
        .init(.typeIdentifier, name, identifier: known == nil ? nil : relationship.target))
    }
    return conformances.mapValues { $0.sorted { $0.spelling < $1.spelling } }
  }
}

extension APISymbol.Kind {
  /// Nil for what a lesson cannot name.
  init?(graphKind: String) {
    switch graphKind {
    case "swift.struct": self = .structure
    case "swift.class": self = .class
    case "swift.enum": self = .enumeration
    case "swift.protocol": self = .protocol
    case "swift.typealias": self = .typeAlias
    case "swift.associatedtype": self = .associatedType
    case "swift.extension": self = .extended
    case "swift.enum.case": self = .enumerationCase
    case "swift.init": self = .initializer
    case "swift.property": self = .property
    case "swift.type.property": self = .typeProperty
    case "swift.method": self = .method
    case "swift.type.method": self = .typeMethod
    case "swift.subscript", "swift.type.subscript": self = .subscripting
    case "swift.func.op": self = .operation
    case "swift.func": self = .function
    default: return nil
    }
  }
}
