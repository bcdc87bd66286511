/// The lessons of a course by the order that they give themselves.
struct LessonOrder {
  let lessons: [SourceFile]
  /// Two lessons with one order.
  let diagnostics: [Diagnostic]

  init(_ drafts: [(source: SourceFile, draft: LessonDraft)]) {
    let sorted = drafts.sorted { a, b in
      (a.draft.frontMatter?.order ?? .max, a.source.name) < (b.draft.frontMatter?.order ?? .max, b.source.name)
    }
    lessons = sorted.map(\.source)
    diagnostics = zip(sorted, sorted.dropFirst()).compactMap { first, second in
      guard let order = first.draft.frontMatter?.order, second.draft.frontMatter?.order == order,
        let place = second.draft.orderRange, let other = first.draft.orderRange
      else { return nil }
      return Diagnostic(
        stage: .writing, identifier: "duplicate-order", summary: "two lessons have the order \(order)",
        location: second.source.location(place),
        notes: [Diagnostic.Note(message: "the other one is here", location: first.source.location(other))],
        remedy: "give each lesson a number of its own")
    }
  }
}
