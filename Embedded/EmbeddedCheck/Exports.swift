internal import TensorCore
internal import TrainingRuns

// What Embedded/check.mjs calls. A run is told by its number among TrainingRun.allCases, a place by its number in the
// outcome of the last run. Texts cross byte by byte.

/// The last run's outcome. A WebAssembly module has one thread.
nonisolated(unsafe) private var outcome = Outcome()

@_expose(wasm, "runCount") @_cdecl("runCount")
func runCount() -> Int32 { Int32(TrainingRun.allCases.count) }

@_expose(wasm, "nameByte") @_cdecl("nameByte")
func nameByte(_ run: Int32, _ index: Int32) -> Int32 { byte(TrainingRun.allCases[Int(run)].rawValue, index) }

/// The fingerprint that the run is expected to give.
@_expose(wasm, "expected") @_cdecl("expected")
func expected(_ run: Int32) -> UInt64 { TrainingRun.allCases[Int(run)].expected }

/// Runs, and gives the fingerprint.
@_expose(wasm, "run") @_cdecl("run")
func run(_ run: Int32) -> UInt64 {
  outcome = TrainingRun.allCases[Int(run)].run()
  return outcome.fingerprint.value
}

@_expose(wasm, "placeCount") @_cdecl("placeCount")
func placeCount() -> Int32 { Int32(outcome.places.count) }

@_expose(wasm, "placeNameByte") @_cdecl("placeNameByte")
func placeNameByte(_ place: Int32, _ index: Int32) -> Int32 { byte(outcome.places[Int(place)].name, index) }

@_expose(wasm, "placeFingerprint") @_cdecl("placeFingerprint")
func placeFingerprint(_ place: Int32) -> UInt64 { outcome.places[Int(place)].fingerprint.value }

/// A programmer's mistake, which must reach the host as text before the module stops.
@_expose(wasm, "multiplyMisshapen") @_cdecl("multiplyMisshapen")
func multiplyMisshapen() -> Float { matmul(Tensor(zeros: [2, 3]), Tensor(zeros: [2, 3])).sum().item }

/// A byte of the text, or -1 behind its end.
private func byte(_ text: String, _ index: Int32) -> Int32 {
  let bytes = Array(text.utf8)
  return Int(index) < bytes.count ? Int32(bytes[Int(index)]) : -1
}
