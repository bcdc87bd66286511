internal import Foundation
internal import Lessons
internal import SnippetProtocol

/// Whether an earlier run of the same code is there, and why.
package enum CacheAnswer: Equatable, Sendable {
  case hit(RunOutcome)
  case miss(reason: String)

  /// In a sentence, for `--explain`.
  package var explanation: String {
    switch self {
    case .hit: "kept: the code, LessonKit, the compiler and the data are unchanged"
    case .miss(let reason): "run again: \(reason)"
    }
  }
}

/// Keeps the results of runs. An entry is one file, named by the digest of all that its result depends on; its first
/// line of defence is a digest of its own content, so that a damaged entry is a miss and never an error.
struct RunCache: Sendable {
  /// Changes whenever the encoding of an entry does.
  private static let format = "walkthrough run 1\n"
  /// How many results of one lesson are kept: a switch between branches comes back to its own.
  private static let keptPerLesson = 6

  let folder: String
  let surroundings: Surroundings

  func find(_ lesson: Lesson) async -> CacheAnswer {
    guard let key = await key(for: lesson) else { return .miss(reason: "LessonKit's files cannot be read") }
    let path = "\(runs(of: lesson))/\(key.digest).run"
    if FileManager.default.fileExists(atPath: path) {
      guard let stored = read(path), stored.key == key, let outcome = stored.outcome(for: lesson) else {
        return .miss(reason: "the kept result is damaged")
      }
      // The newest entries are those used last.
      try? FileManager.default.setAttributes([.modificationDate: Date.now], ofItemAtPath: path)
      return .hit(outcome)
    }
    guard let latest = entries(of: lesson).first.flatMap({ read($0) }) else {
      return .miss(reason: "no result of it is kept")
    }
    return .miss(reason: key.difference(from: latest.key))
  }

  /// Does nothing when the result cannot be written: a cache is a convenience.
  func store(_ outcome: RunOutcome, for lesson: Lesson) async {
    guard let key = await key(for: lesson), let stored = StoredRun(outcome, key: key, lesson: lesson) else { return }
    var writer = WireWriter()
    writer.write(stored)
    let head = Self.format + SHA256.digest(writer.bytes).description + "\n"
    try? AtomicFile.write(Array(head.utf8) + writer.bytes, to: "\(runs(of: lesson))/\(key.digest).run")
    for path in entries(of: lesson).dropFirst(Self.keptPerLesson) { try? FileManager.default.removeItem(atPath: path) }
  }

  private func key(for lesson: Lesson) async -> CacheKey? {
    guard let parts = await surroundings.parts(of: lesson) else { return nil }
    return CacheKey(parts: CacheKey.parts(of: lesson) + parts)
  }

  private func runs(of lesson: Lesson) -> String { "\(folder)/runs/\(lesson.slug)" }

  /// Newest first.
  private func entries(of lesson: Lesson) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: runs(of: lesson))) ?? []
    let dated = names.filter { $0.hasSuffix(".run") }.map { name -> (path: String, date: Date) in
      let path = "\(runs(of: lesson))/\(name)"
      let date = (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
      return (path, date ?? .distantPast)
    }
    return dated.sorted { ($1.date, $0.path) < ($0.date, $1.path) }.map(\.path)
  }

  private func read(_ path: String) -> StoredRun? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let headCount = Self.format.utf8.count + 65
    guard data.count > headCount else { return nil }
    let head = String(decoding: data.prefix(headCount), as: UTF8.self)
    let body = Array(data.dropFirst(headCount))
    guard head == Self.format + SHA256.digest(body).description + "\n" else { return nil }
    var reader = WireReader(body)
    guard let stored = try? reader.read(StoredRun.self), (try? reader.finish()) != nil else { return nil }
    return stored
  }
}
