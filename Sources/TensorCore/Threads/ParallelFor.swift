/// Calls `body` once for each index below `count`.
func parallelFor(_ count: Int, _ body: (Int) -> Void) {
  for index in 0..<count { body(index) }
}
