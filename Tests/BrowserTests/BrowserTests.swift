import Testing

/// The pages of the built site in a real browser. One after the other, for the sake of small machines.
@Suite(.serialized, .enabled(if: !Setting.browser.isEmpty, Comment(rawValue: Setting.needsBrowser)))
struct BrowserTests {}
