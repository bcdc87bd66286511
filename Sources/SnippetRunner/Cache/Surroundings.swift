internal import Foundation
internal import Lessons
internal import SnippetProtocol

/// What a lesson's results depend on besides its own code: LessonKit, the compiler, the data files that it declares.
struct Surroundings: Sendable {
  let toolchain: Toolchain
  let digests: FileDigests
  let data: DataFiles

  /// Threads, limits and folders are not part of it: results do not depend on them.
  /// Nil when what the code means cannot be told.
  func parts(of lesson: Lesson) async -> [CacheKey.Part]? {
    var kit = WireWriter()
    for path in toolchain.lessonKit.digested {
      guard let digest = await digests.digest(of: path) else { return nil }
      kit.write(URL(fileURLWithPath: path).lastPathComponent)
      kit.write(digest.description)
    }
    var parts = [CacheKey.Part(name: "LessonKit", digest: CacheKey.digest(kit))]
    let compiler = ([toolchain.version] + CompileCommand.options).joined(separator: " ")
    parts.append(CacheKey.Part(name: "the compiler", digest: SHA256.digest(compiler).description))
    for path in lesson.frontMatter.data {
      let digest = await digests.digest(of: data.location(of: path))?.description ?? "missing"
      parts.append(CacheKey.Part(name: "the data file \(path)", digest: digest))
    }
    return parts
  }
}
