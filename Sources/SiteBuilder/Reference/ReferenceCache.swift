package import Foundation

/// Keeps the reference between builds: one file, replaced when the library changes.
package struct ReferenceCache: Sendable {
  private let kept: KeptValue<APIReference>

  /// - Parameter fingerprint: names the library's content.
  package init(folder: URL, fingerprint: String) {
    kept = KeptValue(file: folder.appendingPathComponent("reference"), key: "reference 2\n\(fingerprint)")
  }

  package func load() -> APIReference? { kept.load() }

  package func store(_ reference: APIReference) { kept.store(reference) }
}
