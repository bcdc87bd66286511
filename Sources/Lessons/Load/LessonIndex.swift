/// What a lesson's links are checked against: the other lessons with their anchors, and the files beside them.
package struct LessonIndex: Sendable {
  /// By file name, such as `03-gan.md`; each lesson's headings, figures and equations.
  package let anchors: [String: Set<String>]
  /// Paths below the lessons' folder, such as `images/encoder.svg`.
  package let files: Set<String>

  package init(anchors: [String: Set<String>], files: Set<String> = []) {
    self.anchors = anchors
    self.files = files
  }

  /// Reads the headings and labels of every lesson.
  package init(lessons: [SourceFile], files: Set<String> = []) {
    self.init(
      anchors: Dictionary(lessons.map { ($0.name, LessonDraft($0).anchors) }) { first, _ in first }, files: files)
  }
}
