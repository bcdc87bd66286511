internal import CKernels

/// Memory for tensors, kept for the next tensor of about the same size.
///
/// A training step makes the same tensors over and over. Asking the system each time costs page faults that take
/// longer than the arithmetic, so a freed buffer goes onto a list of its size class and the next request of that
/// class takes it. After a step or two every request is served from the lists: `misses` stops growing.
///
/// Size classes are spaced by a quarter of a power of two, so that at most a fifth of a buffer is unused.
package enum BufferPool {
  /// Buffers come in multiples of one vector, so that an elementwise loop may run over the last, partly used one.
  static let lanes = 16

  /// Scalars behind a buffer's end that may be loaded, so that a kernel may load a vector from any valid index, and a
  /// tile of the matrix product two.
  private static let slack = 32

  /// How much idle memory is kept. Beyond it a freed buffer goes back to the system.
  static let idleLimit = 1 << 30

  private static let classCount = 160

  /// The lists. This is process-wide state that the module cannot do without: buffers are freed by whichever thread
  /// drops a tensor last, and must be found by whichever asks next. Every access holds `lock`; no result of the
  /// core depends on what is in here.
  private struct State {
    var lock: UInt32 = 0
    var heads: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    var requests = 0
    var misses = 0
    var idleBytes = 0
    var bytes = 0
    var peakBytes = 0
  }

  /// `nonisolated(unsafe)`, because a pointer is not `Sendable`: it is set once, before its first use, by the language's
  /// own once-only initialization, and never freed; and what it points to is read and written in `withState` alone,
  /// between taking and giving back `lock`, with acquire and release order.
  nonisolated(unsafe) private static let state: UnsafeMutablePointer<State> = {
    let heads = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: classCount)
    heads.initialize(repeating: nil, count: classCount)
    let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
    state.initialize(to: State(heads: heads))
    return state
  }()

  /// What the pool has done so far in this process.
  package struct Statistics: Sendable, Equatable {
    /// Buffers asked for.
    package var requests: Int
    /// Requests that no idle buffer could serve, each one an allocation.
    package var misses: Int
    /// Bytes taken from the system and not returned.
    package var bytes: Int
    /// The most that `bytes` has been.
    package var peakBytes: Int
  }

  package static var statistics: Statistics {
    withState {
      Statistics(
        requests: $0.pointee.requests, misses: $0.pointee.misses, bytes: $0.pointee.bytes,
        peakBytes: $0.pointee.peakBytes)
    }
  }

  /// The class of the smallest buffers that hold `count` scalars.
  static func sizeClass(holding count: Int) -> Int {
    let vectors = (count + lanes - 1) / lanes
    if vectors <= 4 { return Swift.max(vectors - 1, 0) }
    // 4 < vectors: find the power of two and which quarter above it is needed.
    let exponent = Int.bitWidth - 1 - (vectors - 1).leadingZeroBitCount
    let quarter = ((vectors - 1) >> (exponent - 2)) & 3
    return (exponent - 1) * 4 + quarter
  }

  /// The scalars that a buffer of the class holds: `16, 32, 48, 64, 80, 96, 112, 128, 160, ...`.
  static func capacity(ofClass sizeClass: Int) -> Int {
    if sizeClass < 4 { return (sizeClass + 1) * lanes }
    let exponent = sizeClass / 4 + 1
    return ((1 << exponent) + (((sizeClass & 3) + 1) << (exponent - 2))) * lanes
  }

  /// A buffer of the class, its contents undefined, 64-byte aligned.
  static func acquire(sizeClass: Int) -> UnsafeMutablePointer<Float> {
    let recycled = withState { state -> UnsafeMutableRawPointer? in
      state.pointee.requests += 1
      guard let head = state.pointee.heads[sizeClass] else {
        state.pointee.misses += 1
        return nil
      }
      // An idle buffer's first bytes hold the pointer to the next one.
      state.pointee.heads[sizeClass] = head.load(as: UnsafeMutableRawPointer?.self)
      state.pointee.idleBytes -= byteCount(ofClass: sizeClass)
      return head
    }
    if let recycled { return recycled.assumingMemoryBound(to: Float.self) }
    let bytes = byteCount(ofClass: sizeClass)
    guard let fresh = wt_allocate(bytes) else { trap("Tensor", "out of memory: no " + String(bytes) + " bytes left") }
    withState { state in
      state.pointee.bytes += bytes
      state.pointee.peakBytes = Swift.max(state.pointee.peakBytes, state.pointee.bytes)
    }
    return fresh.assumingMemoryBound(to: Float.self)
  }

  /// Sees to it that so many buffers for `scalars` are idle.
  static func reserve(_ buffers: Int, holding scalars: Int) {
    let sizeClass = sizeClass(holding: scalars)
    let idle = withState { state in
      var found = 0
      var next = state.pointee.heads[sizeClass]
      while found < buffers, let buffer = next {
        found += 1
        next = buffer.load(as: UnsafeMutableRawPointer?.self)
      }
      return found
    }
    if idle == buffers { return }
    // Held together, they cannot be one and the same.
    let held = (0..<buffers).map { _ in acquire(sizeClass: sizeClass) }
    for buffer in held { release(buffer, sizeClass: sizeClass) }
  }

  static func release(_ base: UnsafeMutablePointer<Float>, sizeClass: Int) {
    let memory = UnsafeMutableRawPointer(base)
    let bytes = byteCount(ofClass: sizeClass)
    let kept: Bool = withState { state in
      guard state.pointee.idleBytes + bytes <= idleLimit else {
        state.pointee.bytes -= bytes
        return false
      }
      memory.storeBytes(of: state.pointee.heads[sizeClass], as: UnsafeMutableRawPointer?.self)
      state.pointee.heads[sizeClass] = memory
      state.pointee.idleBytes += bytes
      return true
    }
    if !kept { wt_release(memory) }
  }

  private static func byteCount(ofClass sizeClass: Int) -> Int {
    (capacity(ofClass: sizeClass) + slack) * MemoryLayout<Float>.stride
  }

  /// The critical sections are a few instructions long, so a lock that spins is enough.
  @inline(__always)
  private static func withState<Result>(_ body: (UnsafeMutablePointer<State>) -> Result) -> Result {
    let state = state
    let lock = UnsafeMutableRawPointer(state).assumingMemoryBound(to: UInt32.self)
    while wt_exchange(lock, 1) != 0 { wt_pause() }
    defer { wt_store_release(lock, 0) }
    return body(state)
  }
}
