import FigureRendering
import Testing

/// Numbers stay on one line with what belongs to them.
@Suite struct UnbrokenTextTests {
  @Test(arguments: [
    ("0.3211 ± 0.6458", "0.3211\u{A0}±\u{A0}0.6458"), (" ± ", "\u{A0}±\u{A0}"), ("95 % of them", "95\u{A0}% of them"),
    (" % of", "\u{A0}% of"), ("7 × 7 places", "7\u{A0}×\u{A0}7 places"), ("no number – é", "no number – é"), ("", ""),
  ]) func onlySpacesBesideSignsChange(text: String, expected: String) {
    #expect(UnbrokenText.of(text) == expected)
  }
}
