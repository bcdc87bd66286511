/// How many colours a terminal shows.
package enum TerminalColors: String, CaseIterable, Sendable {
  case none
  case palette256 = "256"
  case trueColor = "truecolor"
}

/// A colour in a terminal, 8 bits a channel.
struct TerminalColor: Hashable {
  var red: UInt8
  var green: UInt8
  var blue: UInt8

  init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  init(gray: UInt8) { self.init(red: gray, green: gray, blue: gray) }

  init(_ color: ColorMap.Color) { self.init(red: color.red, green: color.green, blue: color.blue) }

  private init(hex: UInt32) {
    self.init(red: UInt8(hex >> 16 & 255), green: UInt8(hex >> 8 & 255), blue: UInt8(hex & 255))
  }

  /// Series colours of middling lightness, to be seen on dark and on light ground: a terminal does not tell which it
  /// has. Their hues are those of the page.
  static func series(_ index: Int) -> TerminalColor {
    let colors: [UInt32] = [
      0x3B8EEA, 0xE0603A, 0x14A08C, 0xB565B5, 0x74A2EE, 0x7F9445, 0x8E8A9C, 0xCF4A5E, 0x7F78EE, 0xA8961F,
    ]
    return TerminalColor(hex: colors[(index - 1) % colors.count])
  }

  /// The parameters of the control sequence that selects it.
  func parameters(isBackground: Bool, colors: TerminalColors) -> String {
    switch colors {
    case .none: ""
    case .trueColor: "\(isBackground ? 48 : 38);2;\(red);\(green);\(blue)"
    case .palette256: "\(isBackground ? 48 : 38);5;\(paletteIndex)"
    }
  }

  /// The nearest of xterm's 24 greys or of its cube of 6x6x6 colours.
  var paletteIndex: Int {
    if red == green, green == blue {
      if red < 4 { return 16 }
      if red > 246 { return 231 }
      return 232 + min(23, max(0, (Int(red) - 3) / 10))
    }
    func level(_ channel: UInt8) -> Int { channel < 48 ? 0 : channel < 115 ? 1 : (Int(channel) - 35) / 40 }
    return 16 + 36 * level(red) + 6 * level(green) + level(blue)
  }
}
