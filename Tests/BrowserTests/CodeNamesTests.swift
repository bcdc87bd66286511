internal import Foundation
import Testing

/// Names in the lessons' code say what they are. Read from the files: this needs no browser.
@Suite struct CodeNamesTests {
  /// The compiler's answers give nearly every name a hover; what has none are labels in tuples, which it does not tell.
  @Test func nearlyAllNamesSayWhatTheyAre() throws {
    let code = try NSRegularExpression(
      pattern: #"<code class="language-swift">(.*?)</code>"#, options: .dotMatchesLineSeparators)
    // A coloured piece, or a name with a hover; neither holds elements.
    let token = try NSRegularExpression(pattern: #"<(span|a) ([^>]*)>[^<]*</\1>"#)
    // A word in what is left over: a name that says nothing. An underscore alone is no name, nor is an entity.
    let word = try NSRegularExpression(pattern: #"(?<![&\w])(?!_\b)[A-Za-z_]\w*"#)
    var told = 0
    var untold: [String] = []
    for page in Setting.site.lessons {
      let html = try String(contentsOf: Setting.site.address(of: page), encoding: .utf8)
      for piece in code.groups(1, in: html) {
        // Colour without a hover: of types, functions and properties, which are names.
        for attributes in token.groups(2, in: piece) {
          if attributes.contains("data-h=") {
            told += 1
          } else if ["t", "f", "p"].contains(where: { attributes.contains("class=\"\($0)\"") }) {
            untold.append("\(page): \(attributes)")
          }
        }
        let rest = token.stringByReplacingMatches(
          in: piece, range: NSRange(piece.startIndex..., in: piece), withTemplate: " ")
        untold += word.groups(0, in: rest).map { "\(page): \($0)" }
      }
    }
    #expect(told > 10_000, "\(told) names with a hover")
    let share = Double(untold.count) / Double(told + untold.count)
    #expect(share < 0.02, "\(untold.count) names say nothing: \(untold.prefix(40))")
  }
}

extension NSRegularExpression {
  /// That group of every match.
  fileprivate func groups(_ group: Int, in text: String) -> [String] {
    let whole = NSString(string: text)
    return matches(in: text, range: NSRange(location: 0, length: whole.length)).map {
      whole.substring(with: $0.range(at: group))
    }
  }
}
