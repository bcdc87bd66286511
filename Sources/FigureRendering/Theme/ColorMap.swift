internal import Figures

/// Colours for values from 0 to 1. They mean numbers, so they are the same in every theme.
struct ColorMap {
  struct Color: Equatable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8
  }

  private let stops: [UInt32]

  init(_ colors: HeatMapMark.Colors) {
    stops = colors == .sequential ? Self.sequential : Self.diverging
  }

  func color(at fraction: Double) -> Color {
    let place = max(0, min(1, fraction)) * Double(stops.count - 1)
    let index = min(stops.count - 2, Int(place))
    let part = place - Double(index)
    func channel(_ shift: UInt32) -> UInt8 {
      let low = Double(stops[index] >> shift & 255)
      let high = Double(stops[index + 1] >> shift & 255)
      return UInt8((low + (high - low) * part).rounded())
    }
    return Color(red: channel(16), green: channel(8), blue: channel(0))
  }

  /// Even steps of lightness in OKLCH from 0.24 to 0.96 while the hue turns from violet over blue and green to yellow.
  private static let sequential: [UInt32] = [
    0x29094A, 0x2A1663, 0x25267C, 0x0D3891, 0x004F8A, 0x02608B, 0x01718F, 0x058194, 0x049298, 0x06A39A, 0x02B597,
    0x1CC78C, 0x6DD186, 0x9DD987, 0xC4E191, 0xE3EAA4, 0xFCF4BD,
  ]

  /// Blue and orange of equal lightness, darker away from a light grey in the middle.
  private static let diverging: [UInt32] = [
    0x004981, 0x015EA4, 0x2F75B6, 0x538BC4, 0x73A1D0, 0x92B6DB, 0xB2CAE5, 0xD0DEEC, 0xEEEEEE, 0xEBD7CF, 0xE2BFAF,
    0xD7A58F, 0xC98B70, 0xBB714F, 0xAB562D, 0x973C00, 0x772E00,
  ]
}

extension ColorMap.Color {
  /// Whether dark text reads better on it than white text: its relative luminance by Rec. 709 weights on squared
  /// channels, near enough to choose one of two.
  var isLight: Bool {
    func linear(_ channel: UInt8) -> Double { Double(channel) / 255 * (Double(channel) / 255) }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) > 0.2
  }

  var hex: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
