internal import Lessons

/// The lessons in `Fixtures/Lessons`, which all parse, and an index of them.
enum FixtureLessons {
  static let names = ["01-blocks.md", "02-inlines.md", "03-places.md", "04-exercises.md", "05-symbols.md"]

  static func source(_ name: String) throws -> SourceFile {
    SourceFile(path: "lessons/\(name)", text: try Golden.fixture("Lessons/\(name)"))
  }

  static func index() throws -> LessonIndex {
    LessonIndex(lessons: try names.map(source), files: ["images/encoder.svg", "data/ring.csv"])
  }
}
