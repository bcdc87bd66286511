internal import Foundation
internal import Lessons
internal import SiteBuilder
internal import SnippetRunner

/// The stage that reads what lessons can call, once for each state of the library.
enum ReferenceStage {
  /// Nil with a warning where the toolchain cannot tell.
  static func reference(
    of toolchain: Toolchain, cacheFolder: String
  ) async -> (reference: APIReference?, warnings: [Diagnostic]) {
    let graphs = await SymbolGraphs(toolchain: toolchain, cacheFolder: cacheFolder)
    let cache = ReferenceCache(folder: URL(filePath: cacheFolder), fingerprint: graphs.fingerprint)
    if let kept = cache.load() { return (kept, []) }
    do throws(Diagnostic) {
      let reference = try SymbolGraphReader.read(await graphs.extract(), packageFolder: graphs.packageFolder)
      cache.store(reference)
      return (reference, [])
    } catch {
      return (nil, [error])
    }
  }
}
