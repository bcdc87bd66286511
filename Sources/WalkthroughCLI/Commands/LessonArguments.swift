internal import Foundation
internal import Lessons

/// The lessons of a folder as a command sees them: parsed, found by the names that people type.
struct LessonArguments {
  let folder: String
  let library: LessonLibrary
  let results: [ParseResult]

  /// How the options that all commands share are described.
  static let folderOption = CommandDescription.Option(
    name: "--lessons", value: "DIR", help: "Where the lessons are (default: lessons).")
  static let colorOption = CommandDescription.Option(
    name: "--color", value: "WHEN", help: "auto (default), always or never.")
  static let cacheOption = CommandDescription.Option(
    name: "--cache", value: "DIR", help: "Where results are kept (default: .walkthrough/cache).")
  static let buildFolderOption = CommandDescription.Option(
    name: "--lessonkit", value: "DIR", help: "Where LessonKit was built (default: beside this program).")

  init(_ arguments: ParsedArguments) throws(UsageError) {
    folder = try Self.folder(arguments)
    library = LessonLoader(folder: folder).load()
    results = library.parse()
  }

  /// The folder that is named, or in which the named files lie: a path never stands for a file elsewhere.
  private static func folder(_ arguments: ParsedArguments) throws(UsageError) -> String {
    var folder = arguments.value(of: "--lessons")
    for word in arguments.operands where word.contains("/") {
      let path = word.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      let parent = path.isEmpty ? "/" : path
      if let folder, URL(filePath: folder).standardizedFileURL.path != URL(filePath: parent).standardizedFileURL.path {
        throw UsageError(message: "'\(word)' does not lie in \(folder)")
      }
      folder = folder ?? parent
    }
    return folder ?? "lessons"
  }

  /// The position of the lesson that a word names: its slug, its file, or the number it begins with.
  func index(of word: String) throws(UsageError) -> Int {
    let name = URL(filePath: word).lastPathComponent
    let slug = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
    let slugs = library.lessons.map(\.slug)
    if let exact = slugs.firstIndex(of: slug) { return exact }
    let beginning = slugs.indices.filter { slugs[$0].hasPrefix(slug + "-") }
    if beginning.count == 1 { return beginning[0] }
    // The part after the number is what people remember.
    let suffixes = slugs.map { String($0.drop { $0.isNumber || $0 == "-" }) }
    if let index = suffixes.firstIndex(of: slug) { return index }
    let nearest = NearestName.of(slug, among: slugs + suffixes)
    let hint = nearest.map { "; did you mean '\($0)'?" } ?? "; 'walkthrough list' shows those that there are"
    throw UsageError(message: "there is no lesson '\(word)' in \(folder)\(hint)")
  }

  /// Mistakes of the folder and of the lessons at `indices`.
  func diagnostics(ofLessonsAt indices: some Sequence<Int>) -> [Diagnostic] {
    library.diagnostics + indices.flatMap { results[$0].diagnostics }
  }
}

extension SourceFile {
  /// The file name without `.md`.
  var slug: String {
    let name = URL(filePath: path).lastPathComponent
    return name.hasSuffix(".md") ? String(name.dropLast(3)) : name
  }
}
