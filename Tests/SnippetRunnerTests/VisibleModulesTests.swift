import Foundation
import SnippetRunner
import Testing

@Suite struct VisibleModulesTests {
  /// A module that lessons see and that the reference does not know would be without pages.
  @Test func theReferenceKnowsWhatLessonKitExports() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "Sources/LessonKit")
    var exported: Set<String> = ["LessonKit"]
    for case let file as String in try #require(FileManager.default.enumerator(atPath: folder.path))
    where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for match in text.matches(of: /@_exported public import (\w+)/) { exported.insert(String(match.1)) }
    }
    #expect(exported.count > 2)
    #expect(Set(LessonKitBuild.visibleModules) == exported)
  }
}
