/// An element with its attributes in the order in which they are written.
package struct Element: Equatable, Sendable {
  package struct Attribute: Equatable, Sendable {
    package let name: String
    package let value: String
  }

  package let name: String
  package private(set) var attributes: [Attribute] = []
  package var children: [Node]

  /// Traps on a name that is none (see ``isValidName(_:)``) and on an attribute that is given twice: both would write
  /// markup that means something else than the tree says.
  package init(_ name: String, _ attributes: [(String, String?)] = [], _ children: [Node] = []) {
    guard Self.isValidName(name) else { trap("Element: \"\(name)\" is no element name") }
    self.name = name
    self.children = children
    for case (let name, let value?) in attributes {
      guard Self.isValidName(name) else { trap("Element: \"\(name)\" is no attribute name") }
      guard self[name] == nil else { trap("Element: attribute \"\(name)\" of <\(self.name)> is given twice") }
      self.attributes.append(Attribute(name: name, value: value))
    }
  }

  /// The value of an attribute. Setting nil removes it; setting a new one appends it.
  package subscript(_ name: String) -> String? {
    get { attributes.first { $0.name == name }?.value }
    set {
      let index = attributes.firstIndex { $0.name == name }
      guard let newValue else {
        if let index { attributes.remove(at: index) }
        return
      }
      guard Self.isValidName(name) else { trap("Element: \"\(name)\" is no attribute name") }
      let attribute = Attribute(name: name, value: newValue)
      if let index { attributes[index] = attribute } else { attributes.append(attribute) }
    }
  }

  /// Whether a name is a letter or underscore followed by letters, digits and `- . _ :`, all ASCII: the names that
  /// HTML and XML have in common.
  package static func isValidName(_ name: String) -> Bool {
    guard let first = name.utf8.first, isLetter(first) || first == UInt8(ascii: "_") else { return false }
    return name.utf8.allSatisfy { byte in
      isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-._:".utf8.contains(byte)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
