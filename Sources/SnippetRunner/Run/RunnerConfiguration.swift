internal import Foundation

/// How lessons are compiled and run.
package struct RunnerConfiguration: Sendable {
  /// Where results are kept; nil: nowhere.
  package var cacheFolder: String? = ".walkthrough/cache"
  /// Where lessons keep the values of `memo`; nil: nowhere.
  package var memoFolder: String? = ".walkthrough/cache/memo"
  /// Where the programs are put while they are needed.
  package var buildFolder = ".walkthrough/build"
  /// How many compilers run at the same time.
  package var jobs = ProcessInfo.processInfo.activeProcessorCount
  /// Seconds for a cell without a `timeout` of its own.
  package var secondsPerCell = 300.0
  package var outputBytesPerCell = 1 << 20
  package var shownBytesPerCell = 64 << 20
  /// What a lesson may write to: eight gigabytes, and never more than three quarters of the machine's memory.
  package var memoryBytes = min(8 << 30, Int(clamping: ProcessInfo.processInfo.physicalMemory) / 4 * 3)
  /// Threads of the model core; nil: all cores.
  package var threads: Int?
  /// Where lessons run: relative paths of data files start here.
  package var workingDirectory = FileManager.default.currentDirectoryPath
  package var environment = ProcessInfo.processInfo.environment

  package init() {}

  /// What is wrong with the number of threads that the environment asks for; the core would take all cores instead.
  var threadMistake: LessonFailure? {
    guard threads == nil, let text = environment[Self.threadsVariable], !text.isEmpty else { return nil }
    if let number = Int(text), number >= 1 { return nil }
    return .environment(
      "bad-thread-count", "\(Self.threadsVariable) is '\(text)', which is no number of threads",
      remedy: "Set it to a whole number from 1 on, or unset it to use all cores.")
  }

  private static let threadsVariable = "WALKTHROUGH_THREADS"

  /// The environment of a running lesson: nothing in it may change a page.
  var lessonEnvironment: [String: String] {
    var result = environment
    // The order of a Dictionary would differ from run to run.
    result["SWIFT_DETERMINISTIC_HASHING"] = "1"
    // LessonKit reports crashes itself: faster, and without a second program that must read the lesson's memory.
    result["SWIFT_BACKTRACE"] = "enable=no"
    result["LC_ALL"] = "C.UTF-8"
    result["TZ"] = "UTC"
    if let threads { result[Self.threadsVariable] = String(threads) }
    return result
  }

  /// The path from the folder in which lessons run, for programs that are started there.
  func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }
}
