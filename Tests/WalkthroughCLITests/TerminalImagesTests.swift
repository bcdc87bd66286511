import Figures
import Foundation
import Testing
import WalkthroughCLI

@Suite struct TerminalImagesTests {
  @Test(arguments: [
    (["TERM": "xterm-kitty"], true), (["TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"], true),
    (["TERM": "xterm-ghostty"], true), (["TERM_PROGRAM": "WezTerm"], true), (["TERM": "xterm-256color"], false),
    ([:], false),
  ])
  func knowsTheTerminalsThatCan(_ environment: [String: String], _ can: Bool) {
    #expect(TerminalImages.knowsKitty(environment) == can)
  }

  @Test(arguments: [
    (["TERM": "foot"], true), (["TERM": "foot-extra"], true), (["TERM": "mlterm"], true), (["TERM": "footsie"], false),
    (["TERM_PROGRAM": "iTerm.app"], true), (["KONSOLE_VERSION": "230805"], true),
    (["KONSOLE_VERSION": "211200"], false),
    (["TERM": "xterm-256color"], false),
  ])
  func knowsTheTerminalsThatTakeSixels(_ environment: [String: String], _ can: Bool) {
    #expect(TerminalImages.knowsSixels(environment) == can)
  }

  @Test func nothingIsSentWhereNoTerminalIs() {
    let file = open("/dev/null", O_WRONLY)
    defer { close(file) }
    #expect(TerminalImages(choice: "auto", descriptor: file, environment: ["TERM": "xterm-kitty"]) == .text)
    #expect(TerminalImages(choice: "kitty", descriptor: file, environment: [:]) == .kitty)
    #expect(TerminalImages(choice: "text", descriptor: file, environment: ["TERM": "xterm-kitty"]) == .text)
  }

  @Test func aPictureKeepsItsLabels() throws {
    let grid = ImageGrid(
      bytes: [UInt8](repeating: 90, count: 2 * 28 * 28), height: 28, width: 28, columns: 2,
      columnLabels: ["coat", "bag"], title: "Two")
    let text = try #require(TerminalImages.kitty.picture(of: grid.figure, columns: 80))
    #expect(text.hasPrefix("Two\ncolumns: coat · bag\n\u{1B}_Ga=T,f=100,q=2,m="))
    // What may be wider than the window is shrunk to it.
    #expect(try #require(TerminalImages.kitty.picture(of: grid.figure, columns: 24)).contains("q=2,c=24,m="))
    #expect(TerminalImages.kitty.picture(of: Plot().figure, columns: 80) == nil)
    let sixels = try #require(TerminalImages.sixel.picture(of: grid.figure, columns: 80))
    #expect(sixels.hasPrefix("Two\ncolumns: coat · bag\n\u{1B}P0;1;0q\"1;1;232;112#0;2;"))
    #expect(TerminalImages.sixel.picture(of: Plot().figure, columns: 80) == nil)
    #expect(TerminalImages.text.picture(of: grid.figure, columns: 80) == nil)
  }
}
