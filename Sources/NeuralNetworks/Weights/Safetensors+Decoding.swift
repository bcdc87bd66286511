internal import TensorCore

extension Safetensors {
  /// The longest header that is accepted, as in the format's own library.
  static let headerLimit = 100_000_000
  /// The most axes that a tensor may have.
  static let rankLimit = 64

  /// Reads the bytes of a file.
  ///
  /// Memory is taken in proportion to the bytes that are there, never to what they claim.
  ///
  /// - Throws: ``WeightsError/damaged(_:)`` when the bytes break the format: cut off, too long, overlapping or with
  ///   gaps; ``WeightsError/unsupported(_:)`` for formats other than F32, F64, F16 and BF16.
  public init(decoding bytes: [UInt8]) throws(WeightsError) {
    guard bytes.count >= 8 else {
      throw .damaged("it has " + String(bytes.count) + " bytes, fewer than the 8 of the header's length")
    }
    let claimed = littleEndian(bytes[0..<8])
    guard claimed <= UInt64(Self.headerLimit) else {
      throw .damaged(
        "its header claims " + String(claimed) + " bytes, more than the limit of " + String(Self.headerLimit))
    }
    let length = Int(claimed)
    guard length <= bytes.count - 8 else {
      throw .damaged(
        "its header claims " + String(length) + " bytes, but only " + String(bytes.count - 8) + " follow")
    }
    let (places, metadata) = try Self.header(bytes[8..<8 + length])
    let data = bytes[(8 + length)...]
    try Self.checkCoverage(of: data.count, by: places)
    entries = places.map { Entry(name: $0.name, tensor: tensor($0, data)) }
    self.metadata = metadata
  }

  /// Where a tensor lies in the data.
  fileprivate struct Place {
    var name: String
    var format: NumberFormat
    var shape: [Int]
    var begin: Int
    var end: Int
  }

  private static func header(_ text: ArraySlice<UInt8>) throws(WeightsError) -> ([Place], [String: String]) {
    guard text.first == UInt8(ascii: "{") else { throw .damaged("its header does not start with '{'") }
    var reader = HeaderReader(text)
    var places: [Place] = []
    var metadata: [String: String] = [:]
    try reader.object { reader, name throws(WeightsError) in
      guard name == "__metadata__" else { return places.append(try place(name, &reader)) }
      try reader.object { reader, key throws(WeightsError) in metadata[key] = try reader.string() }
    }
    try reader.end()
    places.sort { ($0.begin, $0.end) < ($1.begin, $1.end) }
    return (places, metadata)
  }

  private static func place(_ name: String, _ reader: inout HeaderReader) throws(WeightsError) -> Place {
    var format: String?
    var shape: [Int]?
    var offsets: [Int]?
    try reader.object { reader, key throws(WeightsError) in
      switch key {
      case "dtype": format = try reader.string()
      case "shape": shape = try reader.numbers(limit: rankLimit)
      case "data_offsets": offsets = try reader.numbers(limit: 2)
      default: throw reader.damage("the tensor " + quoted(name) + " has the unknown property " + quoted(key))
      }
    }
    guard let format, let shape, let offsets, offsets.count == 2 else {
      throw reader.damage("the tensor " + quoted(name) + " lacks dtype, shape or the two data_offsets")
    }
    guard let known = NumberFormat(rawValue: format) else {
      throw .unsupported(
        "the tensor " + quoted(name) + " holds " + quoted(format) + ", not F32, F64, F16 or BF16")
    }
    let (begin, end) = (offsets[0], offsets[1])
    guard begin <= end, byteCount(shape, known) == end - begin else {
      throw .damaged(
        "the tensor " + quoted(name) + " " + describe(shape) + " of " + format + " does not fill the bytes "
          + String(begin) + "..<" + String(end))
    }
    return Place(name: name, format: known, shape: shape, begin: begin, end: end)
  }

  /// The bytes that a tensor takes; nil when they, or its strides, are beyond counting.
  private static func byteCount(_ shape: [Int], _ format: NumberFormat) -> Int? {
    var total = format.width
    // An extent of 0 makes the count 0, but must not hide that the others overflow.
    for extent in shape where extent > 0 {
      let (product, overflows) = total.multipliedReportingOverflow(by: extent)
      if overflows { return nil }
      total = product
    }
    return shape.contains(0) ? 0 : total
  }

  /// Tensors must follow one another from the first byte to the last: no gap, no overlap, nothing left.
  private static func checkCoverage(of count: Int, by places: [Place]) throws(WeightsError) {
    var next = 0
    for place in places {
      guard place.begin == next else {
        throw .damaged(
          "the tensor " + quoted(place.name) + " starts at byte " + String(place.begin)
            + " of the data, where byte " + String(next) + " is due")
      }
      guard place.end <= count else {
        throw .damaged(
          "the tensor " + quoted(place.name) + " ends at byte " + String(place.end) + " of the data, which has "
            + String(count))
      }
      next = place.end
    }
    guard next == count else {
      throw .damaged("of its " + String(count) + " bytes of data, the tensors cover " + String(next))
    }
  }
}

private func littleEndian(_ bytes: ArraySlice<UInt8>) -> UInt64 {
  var word: UInt64 = 0
  for byte in bytes.reversed() { word = word << 8 | UInt64(byte) }
  return word
}

/// Reads a tensor whose place has been checked.
private func tensor(_ place: Safetensors.Place, _ data: ArraySlice<UInt8>) -> Tensor {
  let width = place.format.width
  let start = data.startIndex + place.begin
  return Tensor(shape: place.shape) { scalars in
    for index in scalars.indices {
      let first = start + index * width
      scalars[index] = place.format.float(littleEndian(data[first..<first + width]))
    }
  }
}
