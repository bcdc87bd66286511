internal import CLessonRuntime
internal import SnippetProtocol

/// Which parts of exercises run: those that the parent has named, or all.
enum ChosenScopes {
  private static let chosen: Set<Int>? = walkthrough_environment(ChannelEnvironment.scopes).map { text in
    Set(String(cString: text).split(separator: ",").compactMap { Int($0) })
  }

  static func contains(_ index: Int) -> Bool { chosen?.contains(index) ?? true }
}
