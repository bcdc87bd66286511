internal import Foundation

/// All lessons of a folder as texts, in the order of the course.
package struct LessonLibrary: Sendable {
  /// By `order` in the front matter, then by name; lessons that do not tell their order come last.
  package let lessons: [SourceFile]
  package let index: LessonIndex
  /// Mistakes of files that could not be read, and of the order; a lesson's other mistakes are found by parsing it.
  package let diagnostics: [Diagnostic]

  /// Parses each lesson against the others, in their order.
  package func parse() -> [ParseResult] {
    lessons.map { LessonParser.parse($0, among: index) }
  }
}

/// The stage from files to texts: finds `NN-slug.md` in a folder and reads them.
package struct LessonLoader: Sendable {
  /// Larger files are refused; a lesson of this size would take an afternoon to read.
  package static let largestFile = 4 << 20

  package let folder: String
  /// How paths begin in messages.
  package let displayedFolder: String

  package init(folder: String, displayedFolder: String? = nil) {
    self.folder = folder
    self.displayedFolder = displayedFolder ?? folder
  }

  package func load() -> LessonLibrary {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      let missing = Diagnostic(
        stage: .environment, identifier: "missing-folder", summary: "the folder '\(displayedFolder)' cannot be read",
        remedy: "run the command where the folder of lessons lies, or name the folder")
      return LessonLibrary(lessons: [], index: LessonIndex(anchors: [:]), diagnostics: [missing])
    }
    var diagnostics: [Diagnostic] = []
    var sources: [SourceFile] = []
    for name in names where name.hasSuffix(".md") && name != "README.md" {
      guard Self.isLesson(name) else {
        diagnostics.append(misnamed(name))
        continue
      }
      switch read(name) {
      case .success(let source): sources.append(source)
      case .failure(let mistake): diagnostics.append(mistake)
      }
    }
    if sources.isEmpty, diagnostics.isEmpty {
      diagnostics.append(
        Diagnostic(
          stage: .environment, identifier: "no-lessons", summary: "there is no lesson in '\(displayedFolder)'",
          remedy: "lessons are files such as '01-first.md'"))
    }
    let drafts = sources.map { (source: $0, draft: LessonDraft($0)) }
    let order = LessonOrder(drafts)
    return LessonLibrary(
      lessons: order.lessons,
      index: LessonIndex(
        anchors: Dictionary(drafts.map { ($0.source.name, $0.draft.anchors) }) { first, _ in first }, files: files()),
      diagnostics: diagnostics + order.diagnostics)
  }

  /// Reads one file of the folder, and says where the first thing is that no lesson may hold.
  package func read(_ name: String) -> Result<SourceFile, Diagnostic> {
    let path = displayedFolder + "/" + name
    let file = URL(filePath: folder).appending(path: name)
    guard let data = try? Data(contentsOf: file) else {
      return .failure(
        Diagnostic(
          stage: .environment, identifier: "missing-lesson", summary: "the lesson '\(path)' cannot be read",
          remedy: "check its name and that you may read it"))
    }
    guard data.count <= Self.largestFile else {
      return .failure(
        Diagnostic(
          stage: .writing, identifier: "too-large",
          summary: "the lesson '\(path)' has \(data.count) bytes; \(Self.largestFile) are the most",
          remedy: "split it into several lessons"))
    }
    return SourceFile.read(Array(data), path: path)
  }

  private func misnamed(_ name: String) -> Diagnostic {
    Diagnostic(
      severity: .warning, stage: .writing, identifier: "misnamed-lesson",
      summary: "'\(displayedFolder)/\(name)' is not the name of a lesson and is left out",
      remedy: "name it 'NN-slug.md': two digits, a hyphen, then lower-case letters, digits and hyphens")
  }

  /// Whether `name` is `NN-slug.md`.
  package static func isLesson(_ name: String) -> Bool {
    let digits = name.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    guard digits == 2, name.hasSuffix(".md") else { return false }
    let rest = name.utf8.dropFirst(digits).dropLast(3)
    guard rest.first == UInt8(ascii: "-"), rest.count > 1 else { return false }
    return rest.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "-")
    }
  }

  /// What else lies in the folder and below it, by relative path.
  private func files() -> Set<String> {
    guard let paths = FileManager.default.enumerator(atPath: folder) else { return [] }
    var result: Set<String> = []
    for case let path as String in paths {
      let isHidden = path.split(separator: "/").contains { $0.hasPrefix(".") }
      guard !isHidden, paths.fileAttributes?[.type] as? FileAttributeType == .typeRegular else { continue }
      result.insert(path)
    }
    return result
  }
}
