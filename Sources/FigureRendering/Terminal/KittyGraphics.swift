/// Pictures for terminals that speak kitty's graphics protocol: PNG in Base64, in pieces of at most 4096 bytes.
package enum KittyGraphics {
  /// The control sequences that show a PNG where the cursor is, and a line feed. The reply of the terminal is turned off.
  ///
  /// - Parameter columns: how many of the terminal's columns the picture is shrunk or stretched to; nil leaves its size.
  package static func sequence(_ png: [UInt8], columns: Int? = nil) -> String {
    let encoded = Array(Base64.encode(png).utf8)
    var output = ""
    for start in stride(from: 0, to: encoded.count, by: 4096) {
      let end = min(start + 4096, encoded.count)
      let more = end < encoded.count ? 1 : 0
      let control = start == 0 ? "a=T,f=100,q=2,\(columns.map { "c=\($0)," } ?? "")m=\(more)" : "m=\(more)"
      output += "\u{1B}_G\(control);\(String(decoding: encoded[start..<end], as: UTF8.self))\u{1B}\\"
    }
    return output + "\n"
  }
}
