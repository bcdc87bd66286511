public import TensorCore

/// One number for the bits of many: FNV-1a over 32-bit words (Fowler, Noll and Vo), 64 bits wide.
///
/// It tells results apart that were meant to be equal; it does not withstand anyone who wants to deceive it.
public struct Fingerprint: Sendable, Hashable {
  public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  public init() {}

  /// Takes in the scalars' bits, in row-major order. Every NaN counts as the same one: which bits a NaN carries is left
  /// to the machine.
  public mutating func add(_ tensor: Tensor) {
    tensor.withUnsafeScalars { scalars in
      for scalar in scalars { add(word: scalar.isNaN ? 0x7fc0_0000 : scalar.bitPattern) }
    }
  }

  public mutating func add(_ tensors: [Tensor]) {
    for tensor in tensors { add(tensor) }
  }

  /// Takes in a number of double precision, its lower half first.
  public mutating func add(_ number: Double) {
    let bits = number.isNaN ? 0x7ff8_0000_0000_0000 : number.bitPattern
    add(word: UInt32(truncatingIfNeeded: bits))
    add(word: UInt32(truncatingIfNeeded: bits >> 32))
  }

  public mutating func add(_ numbers: [Int]) {
    for number in numbers { add(word: UInt32(truncatingIfNeeded: number)) }
  }

  private mutating func add(word: UInt32) {
    value = (value ^ UInt64(word)) &* 0x100_0000_01b3
  }
}
