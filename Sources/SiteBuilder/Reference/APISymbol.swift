/// Something that a lesson can name: a type, a function, a property.
package struct APISymbol: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case structure, `class`, enumeration, `protocol`, typeAlias, associatedType, extended
    case enumerationCase, initializer, property, typeProperty, method, typeMethod, subscripting, operation, function

    /// Whether others are declared in it, so that it has a page of its own.
    var holdsMembers: Bool {
      switch self {
      case .structure, .class, .enumeration, .protocol, .extended: true
      default: false
      }
    }
  }

  /// A piece of a declaration.
  package struct Fragment: Hashable, Sendable {
    package enum Kind: String, Sendable {
      case keyword, attribute, number, string, identifier, typeIdentifier, genericParameter, internalParam,
        externalParam, text
    }

    package var kind: Kind
    package var spelling: String
    /// Of the type that it names.
    package var identifier: String?

    package init(_ kind: Kind, _ spelling: String, identifier: String? = nil) {
      self.kind = kind
      self.spelling = spelling
      self.identifier = identifier
    }
  }

  package struct Place: Hashable, Sendable {
    /// From the package's folder.
    package var path: String
    package var line: Int

    package init(path: String, line: Int) {
      self.path = path
      self.line = line
    }
  }

  /// The compiler's name of it, the same in every place.
  package var identifier: String
  package var module: String
  /// The names from the outermost type to its own.
  package var path: [String]
  package var kind: Kind
  package var declaration: [Fragment]
  /// Markdown.
  package var documentation: String
  package var place: Place?
  /// The protocols that a type conforms to.
  package var conformances: [Fragment] = []

  package init(
    identifier: String, module: String, path: [String], kind: Kind, declaration: [Fragment], documentation: String = "",
    place: Place? = nil, conformances: [Fragment] = []
  ) {
    self.identifier = identifier
    self.module = module
    self.path = path
    self.kind = kind
    self.declaration = declaration
    self.documentation = documentation
    self.place = place
    self.conformances = conformances
  }

  var name: String { path.last ?? "" }
  var fullName: String { path.joined(separator: ".") }
  /// The path of the type that it is declared in; empty for what stands in the module itself.
  var owner: [String] { Array(path.dropLast()) }
}

/// Everything that a lesson can name, module by module.
package struct APIReference: Hashable, Sendable {
  package struct Module: Hashable, Sendable {
    package var name: String
    /// In the order of their places, which is the order in which their authors tell them.
    package var symbols: [APISymbol]

    package init(name: String, symbols: [APISymbol]) {
      self.name = name
      self.symbols = symbols
    }
  }

  package var modules: [Module]

  package init(modules: [Module]) { self.modules = modules }
}
