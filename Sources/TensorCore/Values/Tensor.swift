/// An array of `Float` of any rank, in row-major order: a value.
///
/// Copies share their scalars until one of them is changed (copy on write). Images are `[batch, height, width,
/// channels]`. A scalar is a tensor of rank 0.
///
/// ```swift
/// let x = Tensor([[1, 2, 3], [4, 5, 6]])
/// x.shape             // [2, 3]
/// (x * x).sum(axis: 1) // [14, 77]
/// ```
///
/// Operations are free functions or methods that give a new tensor. A mistake in shapes stops the program through
/// ``trap(_:_:)``, which names the operation and the shapes.
public struct Tensor: Sendable {
  var storage: TensorStorage

  /// The extent of each axis; empty for a scalar.
  public private(set) var shape: [Int]

  /// The number of scalars: the product of the shape.
  public let count: Int

  /// A tensor whose scalars are undefined until the caller has written them.
  init(uninitialized shape: [Int]) {
    let count = shape.product
    self.storage = TensorStorage(holding: count)
    self.shape = shape
    self.count = count
  }

  /// The same scalars seen in another shape of the same count.
  init(sharing storage: TensorStorage, shape: [Int], count: Int) {
    self.storage = storage
    self.shape = shape
    self.count = count
  }

  /// The number of axes.
  public var rank: Int { shape.count }

  /// Where the scalars are. Valid while the tensor lives; reading only.
  @inline(__always)
  var base: UnsafePointer<Float> { UnsafePointer(storage.base) }

  /// Where the scalars are, for writing, after making them this tensor's own.
  @inline(__always)
  mutating func uniqueBase() -> UnsafeMutablePointer<Float> {
    if !isKnownUniquelyReferenced(&storage) {
      let copy = TensorStorage(holding: count)
      copy.base.update(from: storage.base, count: count)
      storage = copy
    }
    return storage.base
  }

  /// Whether writing would not disturb another tensor.
  mutating func isUnique() -> Bool { isKnownUniquelyReferenced(&storage) }

  /// Calls `body` with the scalars in row-major order.
  public func withUnsafeScalars<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withExtendedLifetime(storage) { () throws(Failure) in
      try body(UnsafeBufferPointer(start: storage.base, count: count))
    }
  }

  /// Calls `body` with the scalars in row-major order, for changing them in place.
  public mutating func withUnsafeMutableScalars<Result, Failure: Error>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let base = uniqueBase()
    return try withExtendedLifetime(storage) { () throws(Failure) in
      try body(UnsafeMutableBufferPointer(start: base, count: count))
    }
  }
}

extension Tensor: Equatable {
  /// Whether shapes are equal and all scalars are, as numbers: zeros of either sign are equal, NaN equals nothing.
  public static func == (a: Tensor, b: Tensor) -> Bool {
    guard a.shape == b.shape else { return false }
    return a.withUnsafeScalars { a in
      b.withUnsafeScalars { b in
        for index in a.indices where a[index] != b[index] { return false }
        return true
      }
    }
  }
}

extension [Int] {
  /// The number of scalars in a tensor of this shape.
  package var product: Int {
    var product = 1
    for extent in self { product *= extent }
    return product
  }
}
