internal import Foundation

/// The program that runs: with it changes what is made of equal inputs.
package enum RunningProgram {
  /// Its file's digest; nil where it cannot be read.
  ///
  /// - Parameter cacheFolder: where digests of unchanged files are remembered.
  package static func identity(cacheFolder: String) async -> String? {
    guard let path = Bundle.main.executablePath else { return nil }
    return await FileDigests(file: "\(cacheFolder)/digests").digest(of: path)?.description
  }
}
