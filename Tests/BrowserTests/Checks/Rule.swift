/// What a page must keep. Each rule has fixtures that break it, in the folder of its name under `Fixtures`.
enum Rule: String, CaseIterable, Sendable {
  /// No error on the console, no uncaught exception.
  case consoleError = "console-error"
  /// All that the page asks for is there.
  case failedRequest = "failed-request"
  /// The page asks for nothing but files of its own folder.
  case outsideRequest = "outside-request"
  case horizontalScroll = "horizontal-scroll"
  case layoutShift = "layout-shift"
  /// No two labels of a drawing overlap, none is cut off.
  case labelOverlap = "label-overlap"
  /// Every link inside the site leads somewhere, its fragment too.
  case brokenLink = "broken-link"
  /// Every reference by id inside a page finds its element.
  case brokenReference = "broken-reference"
  case duplicateID = "duplicate-id"
  case imageAlternative = "image-alternative"
  /// Folds open and close by a click and by a key, with script and without.
  case fold
  /// Without script no control is there that does nothing.
  case deadControl = "dead-control"
  /// Whatever has the focus shows it, in sight.
  case focusVisible = "focus-visible"
  /// The tab key reaches every stop, in the order of the text.
  case tabOrder = "tab-order"
  /// What scrolls can be scrolled with the keyboard.
  case scrollRegion = "scroll-region"
  case contrast
  /// On paper nothing is cut off, shut or too pale, and what leads outside says where to.
  case print
  /// Language, title, one main, one first heading, no level left out, a link that skips to the text.
  case structure
  /// What axe-core finds at WCAG 2.2 AA and among its best practices.
  case axe
  /// What the Nu HTML checker finds.
  case markup
}
