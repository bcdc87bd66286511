internal import TensorCore

extension Safetensors {
  /// The bytes of a file: all tensors as F32, the header filled up with spaces to a multiple of 8 bytes, so that the data
  /// is aligned. The same content always gives the same bytes.
  public func encoded() -> [UInt8] {
    var header = "{"
    if !metadata.isEmpty {
      header += "\"__metadata__\":{"
      for (index, key) in metadata.keys.sorted().enumerated() {
        if index > 0 { header += "," }
        header += literal(key) + ":" + literal(metadata[key] ?? "")
      }
      header += "}"
    }
    var begin = 0
    for entry in entries {
      let end = begin + entry.tensor.count * 4
      if header.utf8.count > 1 { header += "," }
      header += literal(entry.name) + ":{\"dtype\":\"F32\",\"shape\":["
      for (axis, extent) in entry.tensor.shape.enumerated() { header += (axis > 0 ? "," : "") + String(extent) }
      header += "],\"data_offsets\":[" + String(begin) + "," + String(end) + "]}"
      begin = end
    }
    header += "}"
    while header.utf8.count % 8 != 0 { header += " " }

    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.utf8.count + begin)
    append(UInt64(header.utf8.count), width: 8, to: &bytes)
    bytes.append(contentsOf: header.utf8)
    for entry in entries {
      entry.tensor.withUnsafeScalars { scalars in
        for scalar in scalars { append(UInt64(scalar.bitPattern), width: 4, to: &bytes) }
      }
    }
    return bytes
  }
}

/// Appends a word's lowest bytes, little-endian.
private func append(_ word: UInt64, width: Int, to bytes: inout [UInt8]) {
  for byte in 0..<width { bytes.append(UInt8(truncatingIfNeeded: word >> (8 * UInt64(byte)))) }
}

/// A JSON string.
private func literal(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\0"..<" ":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
