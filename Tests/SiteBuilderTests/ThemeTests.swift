import Foundation
import SiteBuilder
import Testing

/// Reads the colours from the style sheet that browsers get.
@Suite struct ThemeTests {
  private let css: String

  init() throws {
    let site = SiteRenderer(shownValues: .bars).render([])
    css = String(decoding: try #require(site.files.first { $0.path == "assets/site.css" }).content, as: UTF8.self)
  }

  /// The variables in the braces behind `selector`.
  private func variables(_ selector: String) throws -> [String: String] {
    let start = try #require(css.range(of: selector + "{")).upperBound
    let block = css[start...].prefix { $0 != "}" }
    return Dictionary(
      uniqueKeysWithValues: block.matches(of: /--([\w-]+):(#[0-9a-f]{6})/).map { (String($0.1), String($0.2)) })
  }

  /// WCAG 2.2: relative luminance.
  private func luminance(_ color: String) throws -> Double {
    let value = try #require(UInt32(color.dropFirst(), radix: 16))
    let channels = [16, 8, 0].map { shift -> Double in
      let channel = Double(value >> UInt32(shift) & 0xFF) / 255
      return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }

  @Test(arguments: [":root", ":root[data-theme=\"dark\"]", ":root:not([data-theme=\"light\"])"])
  func textIsReadableOnEverySurface(_ selector: String) throws {
    let variables = try variables(selector)
    let lines: Set<String> = ["rule", "selection", "scroll-shade", "paper", "code-paper"]
    let texts = variables.filter { !lines.contains($0.key) && !$0.key.hasPrefix("fig-") }
    #expect(texts.count >= 15)
    for surface in ["paper", "code-paper"] {
      let back = try luminance(try #require(variables[surface]))
      for (name, color) in texts {
        let front = try luminance(color)
        let contrast = (max(front, back) + 0.05) / (min(front, back) + 0.05)
        #expect(contrast >= 4.5, "\(selector) \(name) on \(surface): \(contrast)")
      }
    }
  }

  @Test func everyVariableThatIsUsedIsDefined() {
    let defined = Set(css.matches(of: /--([\w-]+)\s*:/).map { String($0.1) })
    let used = Set(css.matches(of: /var\(--([\w-]+)/).map { String($0.1) })
    #expect(used.subtracting(defined) == [])
  }
}
