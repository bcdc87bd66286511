import Foundation

// Runs the protocols of papers on this project's models, and makes the tables of what came out.
do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  let results = Results(folder: options.results)
  let protocols = try Protocols.all(results)
  switch options.command {
  case "table":
    let tables = protocols.flatMap { $0.experiments }.map {
      Table(experiment: $0, results: results)
    }
    if let file = options.document {
      try Document(file: file).rewriteTables { name in try tables.first { $0.experiment.name == name }?.markdown() }
    } else {
      for table in tables { print("\n\(table.experiment.name)\n\n\(try table.markdown())") }
    }
  default:
    guard let chosen = protocols.first(where: { $0.command == options.command }) else {
      throw UsageError("there is no protocol \(options.command)")
    }
    try Runner(options, results).run(chosen.experiments)
  }
} catch let error as UsageError {
  FileHandle.standardError.write(Data("reproduce: \(error)\n\(Options.usage)\n".utf8))
  exit(64)
} catch {
  FileHandle.standardError.write(Data("reproduce: \(error)\n".utf8))
  exit(1)
}
