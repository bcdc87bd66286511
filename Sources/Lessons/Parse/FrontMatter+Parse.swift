extension FrontMatter {
  static let knownKeys = ["title", "summary", "order", "part", "poster", "data", "symbols"]

  /// Reads the front matter (nil where something that it must say is missing or wrong) and the place of its order.
  static func parse(
    _ yaml: MappedText, mistakes: MistakeList
  ) -> (frontMatter: FrontMatter?, orderRange: SourceRange?) {
    let reader = OptionReader(yaml, knownKeys: knownKeys, noun: "front matter key", mistakes: mistakes)
    for key in ["title", "summary", "order"] where reader.isMissing(key) {
      mistakes.add(
        "missing-key", "the front matter has no '\(key)'",
        at: SourceRange(start: SourcePosition(line: 1, column: 1), end: SourcePosition(line: 1, column: 4)),
        remedy: "add a line '\(key): …' between the two '---'")
    }
    let title = reader.nonEmptyString("title")
    let summary = reader.nonEmptyString("summary")
    let order = reader.integer("order")
    if let order, order < 0, let place = reader.valueRange("order") {
      mistakes.add(
        "wrong-type", "front matter key 'order' must not be negative", at: place,
        remedy: "write the lesson's place in the course, counted from 0 or 1")
    }
    let part = reader.nonEmptyString("part")
    let poster = reader.nonEmptyString("poster")
    let data = reader.strings("data") ?? []
    let symbols = symbols(reader, mistakes: mistakes)
    guard let title, let summary, let order, order >= 0 else {
      return (nil, reader.valueRange("order"))
    }
    let frontMatter = FrontMatter(
      title: title, summary: summary, order: order, part: part, poster: poster,
      posterRange: reader.valueRange("poster"), data: data, dataRanges: reader.elementRanges("data"), symbols: symbols)
    return (frontMatter, reader.valueRange("order"))
  }
}
