import Foundation

/// One line of JSON on standard output: what a task measured.
struct Report: Encodable {
  var task: String
  var threads: Int
  /// Median and minimum over blocks of steps, in microseconds a step.
  var stepMedian: Double
  var stepMinimum: Double
  /// Floating-point operations of a step's matrix products and convolutions.
  var operations: Double
  /// Median and minimum of the task's second measurement (sampling, denoising), in microseconds.
  var samplingMedian: Double?
  var samplingMinimum: Double?
  var samplingOperations: Double?
  /// What was learned: the names and values of losses and qualities.
  var quality: [String: Double] = [:]
  /// The most memory that the process has held, in megabytes.
  var peakMegabytes: Double = peakMemory()

  func printLine() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    print(String(decoding: try encoder.encode(self), as: UTF8.self))
  }
}

/// The process's peak resident memory in megabytes, from the system's accounts.
func peakMemory() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_maxrss) / 1024
}

/// The multiply-adds of a chain of dense layers for one row.
func denseProducts(_ widths: [Int]) -> [Double] {
  zip(widths, widths.dropFirst()).map { Double($0 * $1) }
}

/// The operations of a forward and a backward pass over `rows` rows (or images): each layer's product, its weight's
/// gradient and its input's gradient; the first layer's input is data, unless its gradient is wanted too.
func trainingOperations(
  _ products: [Double], rows: Int, needsInputGradient: Bool = false, needsWeightGradients: Bool = true
) -> Double {
  let all = products.reduce(0, +)
  let inputGradients = all - (needsInputGradient ? 0 : products[0])
  return 2 * Double(rows) * (all + (needsWeightGradients ? all : 0) + inputGradients)
}
