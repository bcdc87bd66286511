import Foundation
import Metrics

/// An experiment's rows as a Markdown table: a mean with its 95 % interval in each cell, and published rows below.
struct Table {
  let experiment: Experiment
  let results: Results

  func markdown() throws -> String {
    let hasSources = !experiment.published.isEmpty
    var lines = [
      line(["method"] + experiment.columns.map { $0.title } + ["seeds"] + (hasSources ? ["source"] : [])),
      line([String](repeating: "---", count: experiment.columns.count + (hasSources ? 3 : 2))),
    ]
    for training in experiment.trainings {
      for method in training.methods {
        let rows = try results.rows(of: method, in: experiment, settings: training.settings)
        let ordered = rows.sorted { $0.key < $1.key }.map { $0.value }
        let cells = experiment.columns.map { cell($0, ordered) }
        lines.append(line([method] + cells + [seeds(ordered)] + (hasSources ? ["here"] : [])))
      }
    }
    for row in experiment.published {
      lines.append(line([row.method] + row.cells + ["", row.source]))
    }
    return lines.joined(separator: "\n")
  }

  private func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  private func cell(_ column: Column, _ rows: [Row]) -> String {
    let values = rows.compactMap { $0.values[column.key] }.map { $0 * column.scale }
    guard let first = values.first else { return "-" }
    var text = rounded(first, column.decimals)
    if values.count >= 2 {
      let estimate = MeanEstimate(of: values)
      let half = rounded(estimate.interval.upper - estimate.mean, column.decimals)
      text = rounded(estimate.mean, column.decimals) + (Double(half) == 0 ? "" : " ± " + half)
    }
    return values.count < rows.count ? "\(text) (of \(values.count))" : text
  }

  private func seeds(_ rows: [Row]) -> String {
    let failures = rows.count { $0.error != nil }
    return failures == 0 ? "\(rows.count)" : "\(rows.count), \(failures) diverged"
  }
}

/// A number with so many decimals.
func rounded(_ value: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", value) }
