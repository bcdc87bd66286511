internal import Foundation
internal import Glibc

/// A headless Chromium that takes commands on a socket, its descriptors 3 and 4.
///
/// Chromium runs in a session of its own under a small supervisor. The supervisor waits on a socket, the lifeline, that
/// only this process holds open: when the object goes away, or this process ends in whatever way (a crash, a kill,
/// Ctrl-C), the lifeline closes, and the supervisor kills Chromium's whole process group and removes its profile.
final class ChromiumProcess {
  /// The socket that carries commands to Chromium and records from it.
  let socket: Int32
  /// The supervisor, leader of a process group of its own.
  let supervisor: pid_t
  /// The folder with Chromium's profile and `log`, its standard error.
  let profile: URL
  private var lifeline: Int32

  private static let supervision = """
    profile=$1; shift
    setsid -- "$@" </dev/null >/dev/null 2>"$profile/log" &
    browser=$!
    echo "$browser" >"$profile/pid"
    exec 3<&- 4>&-
    read -r _
    kill -KILL -- "-$browser" 2>/dev/null || kill -KILL "$browser" 2>/dev/null
    wait
    rm -rf -- "$profile" 2>/dev/null || { sleep 0.3; rm -rf -- "$profile"; }
    """

  init(executable: String) throws {
    profile = FileManager.default.temporaryDirectory.appending(path: "walkthrough-chromium-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: profile, withIntermediateDirectories: true)
    let (ours, theirs) = try Self.connectedPair()
    let (held, watched) = try Self.connectedPair()
    defer {
      close(theirs)
      close(watched)
    }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, watched, 0)
    posix_spawn_file_actions_adddup2(&actions, theirs, 3)
    posix_spawn_file_actions_adddup2(&actions, theirs, 4)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A shell that inherits a blocked SIGCHLD (the test library blocks it) waits for its children forever.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    let words =
      ["sh", "-c", Self.supervision, "chromium-supervisor", profile.path, executable]
      + Self.arguments(profile: profile)
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    let status = posix_spawn(&child, "/bin/sh", &actions, &attributes, &arguments, environ)
    guard status == 0 else {
      close(ours)
      close(held)
      try? FileManager.default.removeItem(at: profile)
      throw DevToolsError.notStarted(reason: String(cString: strerror(status)))
    }
    socket = ours
    lifeline = held
    supervisor = child
  }

  deinit { stop() }

  /// Ends Chromium and all its children, and waits until they are gone.
  func stop() {
    guard lifeline >= 0 else { return }
    close(lifeline)
    close(socket)
    lifeline = -1
    var status: Int32 = 0
    while waitpid(supervisor, &status, 0) == -1 && errno == EINTR {}
  }

  /// Two ends of a socket, closed in children unless handed to them.
  private static func connectedPair() throws -> (ours: Int32, theirs: Int32) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw DevToolsError.notStarted(reason: String(cString: strerror(errno)))
    }
    // Out of the way of the numbers that the child is to find it under.
    let theirs = fcntl(ends[1], F_DUPFD_CLOEXEC, 10)
    close(ends[1])
    return (ends[0], theirs)
  }

  private static func arguments(profile: URL) -> [String] {
    var arguments = [
      "--headless=new", "--remote-debugging-pipe", "--user-data-dir=\(profile.path)", "--no-first-run",
      "--no-default-browser-check", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions",
      "--disable-sync", "--disable-background-networking", "--disable-component-update", "--disable-breakpad",
      "--disable-default-apps", "--disable-features=Translate,MediaRouter,OptimizationHints", "--mute-audio",
      "--force-color-profile=srgb",
      // Nothing outside can be reached, so that a page that asks for more than its folder fails the same everywhere.
      "--host-resolver-rules=MAP * ~NOTFOUND",
    ]
    // Chromium's sandbox refuses to run as root.
    if getuid() == 0 { arguments.append("--no-sandbox") }
    return arguments + ["about:blank"]
  }
}
