internal import Foundation
internal import Glibc

/// The DevTools protocol over Chromium's socket: JSON records, each ended by a NUL.
///
/// Everything is synchronous and in order: a call sends its command and reads records until its answer is there; events
/// that arrive meanwhile are kept until someone asks for them.
final class DevToolsConnection {
  struct Event {
    var method: String
    var session: String?
    var parameters: JSON
  }

  private struct Record: Decodable {
    var id: Int?
    var method: String?
    var sessionId: String?
    var params: JSON?
    var result: JSON?
    var error: JSON?
  }

  /// How long any one answer may take.
  private static let patience = Duration.seconds(60)

  private let process: ChromiumProcess
  private var lastID = 0
  private var received = Data()
  private var events: [Event] = []

  init(_ process: ChromiumProcess) { self.process = process }

  @discardableResult
  func call(_ method: String, _ parameters: [String: JSON] = [:], session: String? = nil) throws -> JSON {
    lastID += 1
    let id = lastID
    var command: [String: JSON] = ["id": .number(Double(id)), "method": .string(method), "params": .object(parameters)]
    if let session { command["sessionId"] = .string(session) }
    let deadline = ContinuousClock.now + Self.patience
    try send(JSONEncoder().encode(JSON.object(command)) + [0], deadline: deadline, for: method)
    while true {
      let record = try receive(deadline: deadline, for: method)
      if record.id == id {
        if let error = record.error {
          throw DevToolsError.refused(method: method, reason: error["message"].string ?? "no reason given")
        }
        return record.result ?? .null
      }
      keep(record)
    }
  }

  /// Removes and returns the events of `session` that have arrived.
  func takeEvents(session: String) -> [Event] {
    let taken = events.filter { $0.session == session }
    events.removeAll { $0.session == session }
    return taken
  }

  /// Reads until an event of that name is among those kept for `session`.
  func wait(for method: String, session: String) throws {
    let deadline = ContinuousClock.now + Self.patience
    while !events.contains(where: { $0.method == method && $0.session == session }) {
      keep(try receive(deadline: deadline, for: method))
    }
  }

  private func keep(_ record: Record) {
    guard let method = record.method else { return }
    events.append(Event(method: method, session: record.sessionId, parameters: record.params ?? .null))
  }

  private func send(_ data: Data, deadline: ContinuousClock.Instant, for what: String) throws {
    var sent = 0
    while sent < data.count {
      try waitUntil(ready: Int16(POLLOUT), deadline: deadline, for: what)
      let count = data.withUnsafeBytes { bytes in
        // Without MSG_NOSIGNAL a Chromium that is gone would end the tests by SIGPIPE.
        Glibc.send(
          process.socket, bytes.baseAddress?.advanced(by: sent), data.count - sent,
          Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      }
      if count > 0 { sent += count } else if errno != EAGAIN && errno != EINTR { throw ended() }
    }
  }

  private func receive(deadline: ContinuousClock.Instant, for what: String) throws -> Record {
    var searched = received.startIndex
    while true {
      if let end = received[searched...].firstIndex(of: 0) {
        let record = try JSONDecoder().decode(Record.self, from: received[..<end])
        received.removeSubrange(...end)
        return record
      }
      searched = received.endIndex
      try waitUntil(ready: Int16(POLLIN), deadline: deadline, for: what)
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(process.socket, &chunk, chunk.count)
      if count > 0 {
        received.append(contentsOf: chunk[..<count])
      } else if count == 0 || errno != EINTR {
        throw ended()
      }
    }
  }

  private func waitUntil(ready event: Int16, deadline: ContinuousClock.Instant, for what: String) throws {
    while true {
      let left = ContinuousClock.now.duration(to: deadline).components.seconds
      guard left >= 0 else { throw DevToolsError.timedOut(waitingFor: what) }
      var entry = pollfd(fd: process.socket, events: event, revents: 0)
      let ready = poll(&entry, 1, Int32(left + 1) * 1000)
      if ready > 0 { return }
      if ready < 0 && errno != EINTR { throw ended() }
    }
  }

  private func ended() -> DevToolsError {
    let log = (try? String(contentsOf: process.profile.appending(path: "log"), encoding: .utf8)) ?? ""
    return .ended(log: log.split(separator: "\n").suffix(8).joined(separator: "\n"))
  }
}
