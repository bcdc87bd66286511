internal import Foundation
import Testing

extension BrowserTests {
  /// All other tests ask for reduced motion; this is what readers see who do not.
  @Suite(.serialized) struct MotionTests {
    /// How fast frames follow one another is read from what the page asks of its timer, so that nothing here hurries.
    @Test func framesPlayFasterWhereMotionIsWelcome() throws {
      let page = try #require(
        try Setting.site.lessons.first {
          try String(contentsOf: Setting.site.address(of: $0), encoding: .utf8).contains("fig-frames")
        })
      try withLesson(page, Condition(viewport: .desktop, theme: .light, script: true)) { tab in
        try tab.run(
          """
          window.delays = [];
          window.ordinaryInterval = setInterval;
          window.setInterval = (step, delay) => { delays.push(delay); return ordinaryInterval(step, delay); };
          window.slider = document.querySelector(".scrubber input");
          window.first = document.querySelector(".fig-frame.now");
          """)
        let button = try #require(try tab.spot(".scrubber button"))
        for isReduced in [true, false] {
          try tab.setMedia(.light, reducesMotion: isReduced)
          let query = "matchMedia('(prefers-reduced-motion: \(isReduced ? "reduce" : "no-preference"))').matches"
          #expect(try tab.evaluate(query, as: Bool.self))
          try tab.click(x: button.x, y: button.y)
          let hasMoved = "document.querySelector('.fig-frame.now') !== first && slider.value !== '0'"
          #expect(try tab.waits(for: hasMoved), "play shows another frame")
          // Back to the first frame, which also stops.
          try tab.run("slider.value = '0'; slider.dispatchEvent(new Event('input'))")
          #expect(try tab.evaluate("document.querySelector('.fig-frame.now') === first", as: Bool.self))
        }
        let delays = try tab.evaluate("delays", as: [Double].self)
        #expect(delays.count == 2 && delays[1] < delays[0], "\(delays) ms from frame to frame")
      }
    }
  }
}
