import Markup
import Testing

@Suite struct ElementTests {
  @Test func attributesKeepTheirOrderAndCanBeChanged() {
    var element = Element("a", [("href", "x"), ("id", nil), ("class", "y")])
    element["href"] = "z"
    element["id"] = "new"
    element["class"] = nil
    #expect(element.attributes.map(\.name) == ["href", "id"])
    #expect(element["href"] == "z" && element["class"] == nil)
  }

  @Test(arguments: [("p", true), ("foreignObject", true), ("xml:lang", true), ("data-x1", true), ("", false)])
  func names(_ name: String, isValid: Bool) { #expect(Element.isValidName(name) == isValid) }

  @Test(arguments: ["1a", "-a", "a b", "a>", "a\"", "a=", "é", "a/"])
  func namesThatWouldBreakMarkup(_ name: String) { #expect(!Element.isValidName(name)) }

  @Test func plainTextIsWhatAReaderSees() {
    let node = Node.element("p", [], ["a ", .element("b", [], ["<c>"]), .trusted("<i>"), .fragment([" d"])])
    #expect(node.plainText == "a <c> d")
  }

  @Test func mistakesTrapWithAMessage() async {
    let badName = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Node.element("a onload=x")
    }
    #expect(badName.map { String(decoding: $0.standardErrorContent, as: UTF8.self) }?.contains("a onload=x") == true)
    await #expect(processExitsWith: .failure) { _ = Node.element("a", [("id", "1"), ("id", "2")]) }
    await #expect(processExitsWith: .failure) { _ = Serializer.html(.element("br", [], ["x"])) }
    await #expect(processExitsWith: .failure) { _ = Serializer.html(.element("style", [], [.element("b")])) }
  }
}
