internal import Foundation
internal import Lessons
internal import Markup

/// The figure of a lesson that the first page shows, taken from the lesson's page as it was written: a page that this build
/// does not render has it just the same.
struct Poster: Equatable {
  var slug: String
  var title: String
  private let html: String

  /// Nil when no lesson has named one.
  init?(of lessons: [Lesson], pages: [SiteFile]) {
    let named = lessons.first { $0.frontMatter.poster != nil }
    guard let lesson = named, let label = lesson.frontMatter.poster,
      let page = pages.first(where: { $0.path == lesson.slug + ".html" })
    else { return nil }
    let text = String(decoding: page.content, as: UTF8.self)
    let end = "</figure>"
    guard let start = text.range(of: "<figure id=\"\(label)\">"),
      let close = text.range(of: end, range: start.upperBound..<text.endIndex)
    else { return nil }
    slug = lesson.slug
    title = lesson.frontMatter.title
    // Its number leads to it in its lesson.
    let number = "class=\"figure-number\" href=\""
    html = String(text[start.lowerBound..<close.upperBound])
      .replacing(number + "#", with: "\(number)\(lesson.slug).html#")
  }

  var node: Node { .trusted(html) }
}
