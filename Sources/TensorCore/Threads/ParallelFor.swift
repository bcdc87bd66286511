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
