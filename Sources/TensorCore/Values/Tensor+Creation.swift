extension Tensor {
  /// The scalars in row-major order, in the given shape. Traps when their number is not the shape's product.
  public init(_ scalars: [Float], shape: [Int]) {
    Tensor.validate(shape, "Tensor(_:shape:)")
    if scalars.count != shape.product {
      trap("Tensor(_:shape:)", String(scalars.count) + " scalars do not fill the shape " + describe(shape))
    }
    self.init(uninitialized: shape)
    scalars.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { storage.base.update(from: start, count: source.count) }
    }
  }

  /// A vector: rank 1.
  public init(_ scalars: [Float]) {
    self.init(scalars, shape: [scalars.count])
  }

  /// A matrix from its rows. Traps when the rows differ in length.
  public init(_ rows: [[Float]]) {
    let width = rows.first?.count ?? 0
    self.init(uninitialized: [rows.count, width])
    for (index, row) in rows.enumerated() {
      if row.count != width {
        trap(
          "Tensor(_:)", "row " + String(index) + " has " + String(row.count) + " scalars, row 0 has " + String(width))
      }
      row.withUnsafeBufferPointer { source in
        if let start = source.baseAddress { (storage.base + index * width).update(from: start, count: width) }
      }
    }
  }

  /// A scalar: rank 0.
  public init(_ scalar: Float) {
    self.init(uninitialized: [])
    storage.base.pointee = scalar
  }

  /// All scalars the same.
  public init(repeating scalar: Float, shape: [Int]) {
    Tensor.validate(shape, "Tensor(repeating:shape:)")
    self.init(uninitialized: shape)
    storage.base.update(repeating: scalar, count: count)
  }

  /// Zeros of the given shape.
  public init(zeros shape: [Int]) {
    self.init(repeating: 0, shape: shape)
  }

  /// Ones of the given shape.
  public init(ones shape: [Int]) {
    self.init(repeating: 1, shape: shape)
  }

  /// Calls `body` with the memory of a new tensor; it must write every scalar.
  public init<Failure: Error>(
    shape: [Int], initializingWith body: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Void
  ) throws(Failure) {
    Tensor.validate(shape, "Tensor(shape:initializingWith:)")
    self.init(uninitialized: shape)
    try body(UnsafeMutableBufferPointer(start: storage.base, count: count))
  }

  /// `count` values from `start` to `end`, both included, evenly spaced: `start + i * (end - start) / (count - 1)`,
  /// computed in Double and rounded once.
  public init(linearlySpacedFrom start: Double, to end: Double, count: Int) {
    if count < 2 { trap("Tensor(linearlySpacedFrom:to:count:)", "needs two values or more, got " + String(count)) }
    self.init(uninitialized: [count])
    let step = (end - start) / Double(count - 1)
    for index in 0..<count { storage.base[index] = Float(start + Double(index) * step) }
    storage.base[count - 1] = Float(end)
  }

  /// One row for each index: 1 in the index's column, 0 elsewhere. Traps on an index outside `0..<classes`.
  public init(oneHot indices: [Int], classes: Int) {
    self.init(zeros: [indices.count, classes])
    for (row, index) in indices.enumerated() {
      if index < 0 || index >= classes {
        trap("Tensor(oneHot:classes:)", "index " + String(index) + " is outside 0..<" + String(classes))
      }
      storage.base[row * classes + index] = 1
    }
  }

  /// All scalars in row-major order.
  public var scalars: [Float] {
    withUnsafeScalars { Array($0) }
  }

  /// The scalar of a tensor that holds exactly one. Traps otherwise.
  public var item: Float {
    if count != 1 { trap("item", "a tensor of shape " + describe(shape) + " does not hold exactly one scalar") }
    return withUnsafeScalars { $0[0] }
  }

  /// The scalar at the given position, one index an axis. Traps outside the shape.
  public subscript(indices: Int...) -> Float {
    get {
      let offset = offset(of: indices)
      return withUnsafeScalars { $0[offset] }
    }
    set {
      let offset = offset(of: indices)
      withUnsafeMutableScalars { $0[offset] = newValue }
    }
  }

  private func offset(of indices: [Int]) -> Int {
    if indices.count != rank {
      trap("subscript", String(indices.count) + " indices for the shape " + describe(shape))
    }
    var offset = 0
    for axis in 0..<rank {
      if indices[axis] < 0 || indices[axis] >= shape[axis] {
        trap("subscript", describe(indices) + " lies outside the shape " + describe(shape))
      }
      offset = offset * shape[axis] + indices[axis]
    }
    return offset
  }

  static func validate(_ shape: [Int], _ operation: String) {
    for extent in shape where extent < 0 {
      trap(operation, "the shape " + describe(shape) + " has a negative extent")
    }
  }
}
