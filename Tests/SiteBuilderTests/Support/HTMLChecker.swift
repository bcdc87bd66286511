import Foundation

/// Reads HTML the way this project writes it, strictly, and says what is wrong with it: a tag that is not closed, an id
/// that is given twice, a link into the page that leads nowhere, an element of MathML with a part too many. It shares no
/// code with the serializer.
struct HTMLChecker {
  private(set) var mistakes: [String] = []
  private(set) var ids: [String] = []
  private(set) var links: [String] = []
  /// The classes of all elements.
  private(set) var classes: Set<String> = []
  private var open: [(name: String, children: Int)] = []

  /// How many children these have.
  private static let parts = [
    "mi": 0, "mn": 0, "mo": 0, "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2,
    "munderover": 3,
  ]
  private static let void: Set<String> = ["br", "hr", "img", "input", "link", "meta", "wbr"]

  init(_ html: String) {
    var rest = html[...]
    if rest.hasPrefix("<!doctype html>") { rest = rest.dropFirst(15) } else { mistakes.append("no doctype") }
    while let start = rest.firstIndex(of: "<") {
      checkText(rest[..<start])
      guard let end = rest[start...].firstIndex(of: ">") else {
        mistakes.append("a tag without end")
        return
      }
      read(rest[rest.index(after: start)..<end])
      rest = rest[rest.index(after: end)...]
    }
    mistakes += open.map { "<\($0.name)> is not closed" }
    mistakes += Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }.map { "the id \($0.key) is given twice" }
    for link in links where link.hasPrefix("#") && !ids.contains(String(link.dropFirst()).removingPercentEncoding ?? "")
    {
      mistakes.append("\(link) leads nowhere")
    }
    mistakes.sort()
  }

  private mutating func checkText(_ text: Substring) {
    for piece in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
    where !piece.prefix(8).contains(";") {
      mistakes.append("a bare & before \(piece.prefix(10))")
    }
  }

  private mutating func read(_ tag: Substring) {
    if tag.hasPrefix("/") {
      let name = String(tag.dropFirst())
      guard let last = open.last, last.name == name else {
        mistakes.append("</\(name)> closes \(open.last?.name ?? "nothing")")
        return
      }
      open.removeLast()
      if let count = Self.parts[name], count != last.children {
        mistakes.append("<\(name)> has \(last.children) children, not \(count)")
      }
      return
    }
    if !open.isEmpty { open[open.count - 1].children += 1 }
    let name = String(tag.prefix { !$0.isWhitespace && $0 != "/" })
    for attribute in tag.matches(of: /\s([\w:-]+)(?:=["']([^"']*)["'])?/) {
      let value = String(attribute.2 ?? "")
      switch attribute.1 {
      case "id": ids.append(value)
      case "href": links.append(value)
      case "class": classes.formUnion(value.split(separator: " ").map(String.init))
      default: break
      }
    }
    if !tag.hasSuffix("/") && !Self.void.contains(name) { open.append((name, 0)) }
  }
}
