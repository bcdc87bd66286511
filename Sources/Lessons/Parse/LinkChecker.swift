/// Decides where a link leads on the page, and refuses those that lead nowhere or somewhere unsafe.
struct LinkChecker {
  let fileName: String
  let anchors: Set<String>
  let index: LessonIndex
  let mistakes: MistakeList

  /// The destination to write into the page; nil where the link is broken, which has been told then.
  func destination(of url: String, at range: SourceRange) -> String? {
    if url.isEmpty {
      return refuse("broken-link", "this link leads nowhere", range, "write where it leads between the parentheses")
    }
    if url.hasPrefix("#") {
      return checkAnchor(url.dropFirst(), in: anchors, of: nil, at: range) ? url : nil
    }
    if let scheme = Self.scheme(of: url) {
      return checkAbsolute(url, scheme: scheme, at: range)
    }
    return checkRelative(url, at: range)
  }

  /// An image's source; only files beside the lesson will do, because pages load nothing from elsewhere.
  func imageSource(_ url: String, at range: SourceRange) -> String? {
    if Self.scheme(of: url) != nil || url.hasPrefix("//") {
      return refuse(
        "remote-image", "a page loads no image from elsewhere", range,
        "put the file beside the lesson and write its relative path")
    }
    return checkFile(url, at: range)
  }

  // MARK: Kinds of destination

  private func checkAbsolute(_ url: String, scheme: String, at range: SourceRange) -> String? {
    if ["http", "https", "mailto"].contains(scheme) { return url }
    return refuse(
      "refused-scheme", "links of the scheme '\(scheme):' are refused", range, "use https:, http: or mailto:")
  }

  private func checkRelative(_ url: String, at range: SourceRange) -> String? {
    let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let path = String(parts[0].hasPrefix("./") ? parts[0].dropFirst(2) : parts[0])
    let anchor = parts.count > 1 ? parts[1] : nil
    if path.hasSuffix(".html"), index.anchors[path.dropLast(5) + ".md"] != nil {
      return refuse(
        "broken-link", "links between lessons name the Markdown file", range,
        "write '\(path.dropLast(5)).md', which works in the Markdown too and becomes '\(path)' on the page")
    }
    guard path.hasSuffix(".md") else { return checkFile(url, at: range) }
    guard let known = path == fileName ? anchors : index.anchors[path] else {
      let nearest = NearestName.of(path, among: index.anchors.keys.sorted())
      return refuse(
        "broken-link", "there is no lesson '\(path)'", range,
        nearest.map { "did you mean '\($0)'?" }
          ?? "lessons lie in one folder; name one of them")
    }
    guard let anchor, !anchor.isEmpty else { return path.dropLast(3) + ".html" }
    guard checkAnchor(anchor, in: known, of: path, at: range) else { return nil }
    return path.dropLast(3) + ".html#" + anchor
  }

  private func checkAnchor(_ anchor: Substring, in known: Set<String>, of lesson: String?, at range: SourceRange)
    -> Bool
  {
    // An anchor may be written percent-encoded or plain.
    if anchor.isEmpty || known.contains(String(anchor)) || known.contains(Self.decoded(anchor)) { return true }
    let nearest = NearestName.of(String(anchor), among: known.sorted())
    mistakes.add(
      "broken-link", "there is no '#\(anchor)' in \(lesson.map { "'\($0)'" } ?? "this lesson")", at: range,
      remedy: nearest.map { "did you mean '#\($0)'?" } ?? "an anchor is a heading's text in lower case with hyphens")
    return false
  }

  private func checkFile(_ url: String, at range: SourceRange) -> String? {
    var path = Self.decoded(url.prefix { $0 != "#" && $0 != "?" })
    if path.hasPrefix("./") { path.removeFirst(2) }
    if path.hasPrefix("/") || path.split(separator: "/").contains("..") {
      return refuse(
        "broken-link", "'\(url)' lies outside the lessons' folder", range,
        "put the file beside the lesson and write its relative path")
    }
    if index.files.contains(path) { return url }
    let nearest = NearestName.of(path, among: index.files.sorted())
    return refuse(
      "broken-link", "there is no file '\(path)' beside the lesson", range,
      nearest.map { "did you mean '\($0)'?" } ?? "put the file there, or mend the path")
  }

  private func refuse(_ identifier: String, _ summary: String, _ range: SourceRange, _ remedy: String) -> String? {
    mistakes.add(identifier, summary, at: range, remedy: remedy)
    return nil
  }

  /// The part before the colon, in lower case, where `url` is absolute.
  private static func scheme(of url: String) -> String? {
    // Browsers ignore spaces and control characters here, so that " java\nscript:" is a scheme to them.
    let bytes = url.utf8.filter { $0 > UInt8(ascii: " ") }
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let name = bytes[..<colon]
    guard !name.isEmpty,
      name.allSatisfy({ $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") })
    else { return nil }
    return String(decoding: name, as: UTF8.self).lowercased()
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
