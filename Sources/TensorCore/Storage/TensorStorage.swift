/// The scalars behind one or more tensors: a pooled buffer and its owner.
///
/// `@unchecked Sendable`: the memory is written only while exactly one tensor refers to it (`Tensor` checks before
/// every mutation, and fills a new buffer before anyone else can see it), and is otherwise read-only.
final class TensorStorage: @unchecked Sendable {
  let base: UnsafeMutablePointer<Float>
  private let sizeClass: Int

  /// Room for `count` scalars, undefined.
  init(holding count: Int) {
    sizeClass = BufferPool.sizeClass(holding: count)
    base = BufferPool.acquire(sizeClass: sizeClass)
  }

  deinit {
    BufferPool.release(base, sizeClass: sizeClass)
  }
}
