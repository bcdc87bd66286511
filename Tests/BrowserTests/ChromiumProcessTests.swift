internal import Foundation
internal import Glibc
import Testing

extension BrowserTests {
  /// That nothing of Chromium outlives its use.
  @Suite(.serialized) struct ChromiumProcessTests {
    @Test func nothingIsLeftAfterAnEnd() throws {
      let profile: URL
      let group: pid_t
      do {
        let browser = try Browser(executable: Setting.browser)
        profile = browser.process.profile
        group = try Self.group(of: browser)
        #expect(kill(-group, 0) == 0)
      }
      #expect(try Self.isGone(group))
      #expect(!FileManager.default.fileExists(atPath: profile.path))
    }

    @Test func aBrowserThatIsKilledEndsTheCallInAnError() throws {
      let browser = try Browser(executable: Setting.browser)
      kill(-(try Self.group(of: browser)), SIGKILL)
      #expect(throws: DevToolsError.self) { try browser.withTab { _ in } }
    }

    @Test func aProgramThatIsNoBrowserIsAnError() {
      #expect(throws: DevToolsError.self) { try Browser(executable: "/bin/false") }
    }

    /// A parent that is killed cannot clean up; its end alone must do.
    @Test func theSupervisorFollowsTheLifeline() throws {
      let process = try ChromiumProcess(executable: Setting.browser)
      let browser = DevToolsConnection(process)
      try browser.call("Browser.getVersion")
      let group = try Self.group(profile: process.profile)
      process.stop()
      #expect(try Self.isGone(group))
      #expect(kill(process.supervisor, 0) == -1)
    }

    private static func group(of browser: Browser) throws -> pid_t { try group(profile: browser.process.profile) }

    private static func group(profile: URL) throws -> pid_t {
      let text = try String(contentsOf: profile.appending(path: "pid"), encoding: .utf8)
      return try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    /// Killed processes are gone only when they are reaped, which for orphans is up to the system.
    private static func isGone(_ group: pid_t) throws -> Bool {
      let deadline = ContinuousClock.now + .seconds(20)
      while kill(-group, 0) == 0, ContinuousClock.now < deadline {
        let living = try FileManager.default.contentsOfDirectory(atPath: "/proc").contains { entry in
          guard let text = try? String(contentsOfFile: "/proc/\(entry)/stat", encoding: .utf8),
            let tail = text.split(separator: ")").last
          else { return false }
          let fields = tail.split(separator: " ")
          return fields.count > 2 && fields[0] != "Z" && pid_t(fields[2]) == group
        }
        if !living { return true }
        usleep(20_000)
      }
      return kill(-group, 0) != 0
    }
  }
}
