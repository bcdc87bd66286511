/// Calls `body` once for each index below `count`, spread over the threads where there are any.
///
/// The tasks must not depend on each other, and no sum may depend on how work was split into tasks.
func parallelFor(_ count: Int, _ body: (Int) -> Void) {
  #if arch(wasm32)
    for index in 0..<count { body(index) }
  #else
    ThreadPool.run(count, body)
  #endif
}

/// The same for tasks that need scratch memory: each is given so many scalars, undefined, for its duration.
///
/// All threads may hold scratch at once, or one may happen to run every task. Scratch for all of them is set aside
/// before the first task starts, so that this luck does not decide whether memory must be taken from the system.
func parallelFor(_ count: Int, scratch: Int, _ body: (Int, UnsafeMutablePointer<Float>) -> Void) {
  #if !arch(wasm32)
    BufferPool.reserve(Swift.min(count, ThreadPool.threadCount), holding: scratch)
  #endif
  parallelFor(count) { index in
    let memory = TensorStorage(holding: scratch)
    withExtendedLifetime(memory) { body(index, memory.base) }
  }
}

/// The same, on the calling thread alone where the work is too small to be shared.
func parallelFor(_ count: Int, isShared: Bool, _ body: (Int) -> Void) {
  if isShared { return parallelFor(count, body) }
  for index in 0..<count { body(index) }
}

/// The same for tasks that need scratch memory.
func parallelFor(_ count: Int, scratch: Int, isShared: Bool, _ body: (Int, UnsafeMutablePointer<Float>) -> Void) {
  if isShared { return parallelFor(count, scratch: scratch, body) }
  let memory = TensorStorage(holding: scratch)
  for index in 0..<count { body(index, memory.base) }
  withExtendedLifetime(memory) {}
}
