internal import Foundation
internal import TensorCore
internal import TrainingRuns

// Runs the trainings of TrainingRuns with one and with two threads and prints their fingerprints. Ends with status 1
// when one of them is not the expected one. With `--places` it prints the fingerprint of every intermediate result
// instead, a line each.

let arguments = CommandLine.arguments.dropFirst()
guard arguments.isEmpty || arguments == ["--places"] else {
  print("usage: fingerprint [--places]")
  exit(64)
}

func text(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

var isAsExpected = true
for threads in [1, 2] {
  ThreadPool.use(threads: threads)
  var line = "\(threads) thread(s):"
  for run in TrainingRun.allCases {
    let outcome = run.run()
    if arguments.isEmpty {
      let found = outcome.fingerprint.value
      line += " \(run.rawValue) \(text(found))"
      if found != run.expected {
        line += " (NOT the expected \(text(run.expected)))"
        isAsExpected = false
      }
    } else {
      for place in outcome.places {
        print("\(run.rawValue), \(threads) thread(s), \(place.name): \(text(place.fingerprint.value))")
      }
    }
  }
  if arguments.isEmpty { print(line) }
}
exit(isAsExpected ? 0 : 1)
