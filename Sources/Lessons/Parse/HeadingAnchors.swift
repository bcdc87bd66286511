/// Gives headings their anchors, by the rule that GitHub uses, so that a link works in the Markdown and on the page.
struct HeadingAnchors {
  private var taken: Set<String>
  private var counts: [String: Int] = [:]

  /// `taken` are names that the page uses for something else.
  init(taken: Set<String>) { self.taken = taken }

  /// Lower case, spaces to hyphens, everything but letters, digits, marks, hyphens and underscores left out; a second
  /// heading of the same text gets `-1` behind it, a third `-2`.
  mutating func anchor(for heading: String) -> String {
    let slug = Self.slug(heading)
    var anchor = slug
    while taken.contains(anchor) {
      counts[slug, default: 0] += 1
      anchor = "\(slug)-\(counts[slug, default: 0])"
    }
    taken.insert(anchor)
    return anchor
  }

  private static func slug(_ heading: String) -> String {
    var slug = String.UnicodeScalarView()
    for scalar in heading.lowercased().unicodeScalars {
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
        .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .connectorPunctuation:
        slug.append(scalar)
      default:
        if scalar == "-" || scalar == " " { slug.append("-") }
      }
    }
    return slug.isEmpty ? "section" : String(slug)
  }
}
