import Foundation
import GenerativeModels

/// HQ e^(-KL); 0 without a sample of high quality and for a training that diverges.
func score(_ measure: () throws -> [String: Double]) throws -> Double {
  do {
    let values = try measure()
    guard let quality = values["highQuality"], let divergence = values["klHighQuality"] else { return 0 }
    return quality * exp(-divergence)
  } catch is TrainingError {
    return 0
  }
}
