/// Which page of the reference shows what, and where on it.
///
/// A module has a page, with its functions; a type has one, with its members. What is added to a type of another
/// documented module stands on that type's page.
struct APIPages {
  struct Page {
    var path: String
    var module: String
    /// Nil for the page of a module.
    var type: APISymbol?
    var members: [APISymbol] = []
  }

  /// In the order of modules and places.
  private(set) var pages: [Page] = []
  /// By identifier: the page and the anchor on it.
  private var addresses: [String: (page: Int, anchor: String?)] = [:]
  /// Pages of types by full name, for names in doc-comments; the first module that has the name wins.
  private var pageOfType: [String: Int] = [:]
  private var symbols: [String: APISymbol] = [:]
  private var identifiersByAddress: [String: [String]] = [:]
  /// What is called by a name without a type in front of it.
  private var globals: [String: String] = [:]

  static let folder = "api"
  static let index = "api/index.html"

  init(_ reference: APIReference) {
    var pageOfModule: [String: Int] = [:]
    var taken: Set<String> = []
    for module in reference.modules {
      pageOfModule[module.name] = pages.count
      pages.append(Page(path: "\(Self.folder)/\(module.name)/index.html", module: module.name))
      for symbol in module.symbols where symbol.kind.holdsMembers {
        // Of several extensions of one type the first makes the page; those of a type of ours need none.
        if symbol.kind == .extended, pageOfType[symbol.fullName] != nil { continue }
        // Some file systems do not tell capitals from small letters.
        var name = symbol.fullName
        while !taken.insert("\(module.name)/\(name)".lowercased()).inserted { name += "-2" }
        if pageOfType[symbol.fullName] == nil { pageOfType[symbol.fullName] = pages.count }
        addresses[symbol.identifier] = (pages.count, nil)
        symbols[symbol.identifier] = symbol
        pages.append(Page(path: "\(Self.folder)/\(module.name)/\(name).html", module: module.name, type: symbol))
      }
    }
    for module in reference.modules {
      for symbol in module.symbols where !symbol.kind.holdsMembers {
        let owner = symbol.owner.joined(separator: ".")
        let page = symbol.owner.isEmpty ? pageOfModule[module.name] : pageOfType[owner]
        guard let page else { continue }
        place(symbol, on: page)
      }
    }
    for identifier in symbols.keys.sorted() {
      if let address = address(of: identifier) { identifiersByAddress[address, default: []].append(identifier) }
    }
  }

  private mutating func place(_ symbol: APISymbol, on page: Int) {
    let used = pages[page].members.count { $0.name == symbol.name }
    pages[page].members.append(symbol)
    symbols[symbol.identifier] = symbol
    addresses[symbol.identifier] = (page, used == 0 ? symbol.name : "\(symbol.name):\(used + 1)")
    if symbol.owner.isEmpty, globals[symbol.name] == nil { globals[symbol.name] = symbol.identifier }
  }

  /// What is documented at an address; several where a page has several owners.
  func identifiers(at address: String) -> [String] { identifiersByAddress[address] ?? [] }

  func symbol(_ identifier: String) -> APISymbol? { symbols[identifier] }

  /// The id of a member on its page.
  func anchor(of symbol: APISymbol) -> String? { addresses[symbol.identifier]?.anchor }

  /// The same as it stands in a link.
  func fragment(of symbol: APISymbol) -> String? { anchor(of: symbol).map(AnchorText.fragment) }

  /// From the site's folder, as it stands in a link; nil for what is not in the reference.
  func address(of identifier: String) -> String? {
    guard let (page, anchor) = addresses[identifier] else { return nil }
    return pages[page].path + (anchor.map { "#" + AnchorText.fragment($0) } ?? "")
  }

  /// The page of the type that a page's type is declared in.
  func owner(of page: Page) -> Page? {
    guard let type = page.type, !type.owner.isEmpty else { return nil }
    return pageOfType[type.owner.joined(separator: ".")].map { pages[$0] }
  }

  /// The pages of types declared in another.
  func nested(in type: APISymbol) -> [Page] {
    pages.filter { $0.type?.owner == type.path && $0.type?.module == type.module }
  }

  /// What a name in a doc-comment means: first what lies in the type that the comment belongs to, and in those around it.
  func address(ofName name: String, in scope: [String]) -> String? {
    for depth in stride(from: scope.count, through: 0, by: -1) {
      let path = (Array(scope[..<depth]) + [name]).joined(separator: ".")
      if let page = pageOfType[path] { return pages[page].path }
      let parts = Self.parts(of: path)
      guard let last = parts.last else { continue }
      if parts.count == 1 {
        if let identifier = globals[last] { return address(of: identifier) }
      } else if let page = pageOfType[parts.dropLast().joined(separator: ".")],
        let member = pages[page].members.first(where: { $0.name == last })
      {
        return address(of: member.identifier)
      }
    }
    return nil
  }

  /// The names between periods and slashes outside of parentheses. A range operator is no separator.
  private static func parts(of path: String) -> [String] {
    guard let parenthesis = path.firstIndex(of: "(") else {
      return path.split { $0 == "." || $0 == "/" }.map(String.init)
    }
    var parts = path[..<parenthesis].split { $0 == "." || $0 == "/" }.map(String.init)
    guard !parts.isEmpty else { return [path] }
    parts[parts.count - 1] += path[parenthesis...]
    return parts
  }
}
