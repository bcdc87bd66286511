/// What a page copies. It is asked of the page, since a browser without a window has no clipboard to read.
extension Tab {
  /// From now on keeps what the page copies.
  func keepCopies() throws {
    try run(
      """
      window.copied = null;
      const keep = (text) => { window.copied = text; return Promise.resolve(); };
      Object.defineProperty(navigator, "clipboard", { value: { writeText: keep } });
      document.execCommand = () => { window.copied = document.activeElement.value; return true; };
      """)
  }

  /// What was copied last; nil where nothing was.
  func copied() throws -> String? { try evaluate("window.copied", as: String?.self) }
}
