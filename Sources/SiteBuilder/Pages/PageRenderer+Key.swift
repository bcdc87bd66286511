internal import Lessons
internal import SnippetProtocol
internal import SnippetRunner

extension PageRenderer {
  /// For the key under which the page is kept: what it is made of, besides what all pages are.
  func describe(to writer: inout WireWriter) {
    writer.write(lesson.source.path)
    writer.write(lesson.source.text)
    writer.write(run)
    writer.write(tokens)
    for neighbour in [previous, next] {
      writer.writeOptional(neighbour) {
        $0.write($1.slug)
        $0.write($1.title)
      }
    }
  }
}
