internal import TensorCore

/// The pixels of some images, one image after another: bytes as long as nobody asks for numbers.
enum Pixels: Sendable {
  /// 0 is black, 255 white.
  case bytes([UInt8])
  /// One image a row.
  case numbers(Tensor)

  /// All images as rows of numbers from 0 to 1.
  func rows(count: Int) -> Tensor {
    switch self {
    case .bytes(let bytes):
      Tensor(shape: [count, count > 0 ? bytes.count / count : 0]) { target in
        Pixels.convert(bytes[...], into: target, at: 0)
      }
    case .numbers(let tensor): tensor
    }
  }

  /// The images at the given places as rows of numbers.
  func rows(at indices: [Int], of count: Int) -> Tensor {
    switch self {
    case .bytes(let bytes):
      let width = count > 0 ? bytes.count / count : 0
      return Tensor(shape: [indices.count, width]) { target in
        for (row, index) in indices.enumerated() {
          Pixels.check(index, count)
          Pixels.convert(bytes[index * width..<(index + 1) * width], into: target, at: row * width)
        }
      }
    case .numbers(let tensor): return tensor.gatheringRows(at: indices)
    }
  }

  /// The images at the given places, kept as they are.
  func selecting(_ indices: [Int], of count: Int) -> Pixels {
    switch self {
    case .bytes(let bytes):
      let width = count > 0 ? bytes.count / count : 0
      var chosen: [UInt8] = []
      chosen.reserveCapacity(indices.count * width)
      for index in indices {
        Pixels.check(index, count)
        chosen += bytes[index * width..<(index + 1) * width]
      }
      return .bytes(chosen)
    case .numbers(let tensor): return .numbers(tensor.gatheringRows(at: indices))
    }
  }

  private static func check(_ index: Int, _ count: Int) {
    if index < 0 || index >= count { trap("LabeledImages", "there is no image \(index) among \(count)") }
  }

  /// Each byte divided by 255, correctly rounded.
  private static func convert(_ bytes: ArraySlice<UInt8>, into target: UnsafeMutableBufferPointer<Float>, at start: Int)
  {
    guard let base = target.baseAddress, start + bytes.count <= target.count else { return }
    bytes.withUnsafeBufferPointer { source in
      guard let pixels = source.baseAddress else { return }
      let output = base + start
      for index in 0..<source.count { output[index] = Float(pixels[index]) / 255 }
    }
  }
}
