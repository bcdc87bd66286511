import TensorCore

/// The fastest and the median of several blocks of calls, in microseconds a call.
struct Timing {
  var minimum: Double
  var median: Double

  init(blocks: Int = 15, calls: Int, _ body: () -> Void) {
    let clock = ContinuousClock()
    var times: [Double] = []
    for _ in 0..<blocks {
      let time = clock.measure { for _ in 0..<calls { body() } }
      times.append(Double(time.components.attoseconds) / 1e12 / Double(calls) + Double(time.components.seconds) * 1e6)
    }
    times.sort()
    minimum = times[0]
    median = times[times.count / 2]
  }
}

func pad(_ text: String, _ width: Int) -> String {
  text.count >= width ? text : text + String(repeating: " ", count: width - text.count)
}

func rounded(_ value: Double, _ digits: Int = 1) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  return String(Double(Int(value * scale + 0.5)) / scale)
}
