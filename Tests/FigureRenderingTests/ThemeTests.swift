import FigureRendering
import Foundation
import Testing

@Suite struct ThemeTests {
  typealias RGB = SIMD3<Double>

  /// Linear light of a colour written as `#rrggbb`.
  static func linear(_ hex: String) -> RGB {
    let value = UInt32(hex.dropFirst(), radix: 16) ?? 0
    func channel(_ shift: UInt32) -> Double {
      let level = Double(value >> shift & 255) / 255
      return level <= 0.04045 ? level / 12.92 : pow((level + 0.055) / 1.055, 2.4)
    }
    return RGB(channel(16), channel(8), channel(0))
  }

  /// WCAG 2: relative luminance and contrast.
  static func luminance(_ color: RGB) -> Double { 0.2126 * color.x + 0.7152 * color.y + 0.0722 * color.z }

  static func contrast(_ a: String, _ b: String) -> Double {
    let ends = [luminance(linear(a)), luminance(linear(b))].sorted()
    return (ends[1] + 0.05) / (ends[0] + 0.05)
  }

  static func okLab(_ c: RGB) -> RGB {
    let l = cbrt(0.4122214708 * c.x + 0.5363325363 * c.y + 0.0514459929 * c.z)
    let m = cbrt(0.2119034982 * c.x + 0.6806995451 * c.y + 0.1073969566 * c.z)
    let s = cbrt(0.0883024619 * c.x + 0.2817188376 * c.y + 0.6299787005 * c.z)
    return RGB(
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s)
  }

  /// Machado, Oliveira and Fernandes (2009), severity 1, on linear light.
  static func deuteranopia(_ c: RGB) -> RGB {
    RGB(
      0.367322 * c.x + 0.860646 * c.y - 0.227968 * c.z, 0.280085 * c.x + 0.672501 * c.y + 0.047413 * c.z,
      -0.011820 * c.x + 0.042940 * c.y + 0.968881 * c.z
    ).clamped(lowerBound: RGB(), upperBound: RGB(repeating: 1))
  }

  static func protanopia(_ c: RGB) -> RGB {
    RGB(
      0.152286 * c.x + 1.052583 * c.y - 0.204868 * c.z, 0.114503 * c.x + 0.786281 * c.y + 0.099216 * c.z,
      -0.003882 * c.x - 0.048116 * c.y + 1.051998 * c.z
    ).clamped(lowerBound: RGB(), upperBound: RGB(repeating: 1))
  }

  static func value(_ name: String, dark: Bool) -> String {
    FigureTheme.variables.first { $0.name == name }.map { dark ? $0.dark : $0.light } ?? ""
  }

  @Test(arguments: [false, true]) func seriesStandOutFromTheGround(_ dark: Bool) {
    for index in 1...FigureTheme.seriesCount {
      let contrast = Self.contrast(Self.value("--fig-\(index)", dark: dark), Self.value("--fig-background", dark: dark))
      #expect(contrast >= 3, "--fig-\(index) has \(contrast)")
    }
  }

  @Test(arguments: [false, true]) func textIsReadable(_ dark: Bool) {
    let ground = Self.value("--fig-background", dark: dark)
    #expect(Self.contrast(Self.value("--fig-ink", dark: dark), ground) >= 7)
    #expect(Self.contrast(Self.value("--fig-muted", dark: dark), ground) >= 4.5)
    #expect(Self.contrast(Self.value("--fig-axis", dark: dark), ground) >= 3)
  }

  @Test(arguments: [false, true]) func anyTwoSeriesDiffer(_ dark: Bool) {
    let colors = (1...FigureTheme.seriesCount).map { Self.linear(Self.value("--fig-\($0)", dark: dark)) }
    for (index, a) in colors.enumerated() {
      for (other, b) in colors[..<index].enumerated() {
        for (vision, least) in [(\RGB.self, 0.1), (\RGB.deuteranope, 0.07), (\RGB.protanope, 0.07)] {
          let difference = Self.okLab(a[keyPath: vision]) - Self.okLab(b[keyPath: vision])
          let distance = (difference * difference).sum().squareRoot()
          #expect(distance >= least, "--fig-\(other + 1) and --fig-\(index + 1) are \(distance) apart")
        }
      }
    }
  }

  @Test func styleSheetUsesNoUndefinedVariable() {
    let names = Set(FigureTheme.variables.map(\.name))
    let used = FigureTheme.styleSheet.matches(of: /var\((--[a-z0-9-]+)\)/).map { String($0.1) }
    #expect(Set(used) == names)
  }
}

extension SIMD3<Double> {
  var deuteranope: Self { ThemeTests.deuteranopia(self) }
  var protanope: Self { ThemeTests.protanopia(self) }
}
