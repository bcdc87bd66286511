/// Opens a page of the site in a browser of its own.
func withLesson(_ page: String, _ condition: Condition, _ body: (Tab) throws -> Void) throws {
  try Browser(executable: Setting.browser).withTab { tab in
    try tab.open(Setting.site.address(of: page), under: condition)
    try body(tab)
  }
}
