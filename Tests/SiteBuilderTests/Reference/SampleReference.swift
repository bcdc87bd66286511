import SiteBuilder

/// A small library: two modules, a type with members, a nested type, functions, an extension of a foreign type.
enum SampleReference {
  static let reference = APIReference(modules: [
    .init(
      name: "NeuralNetworks",
      symbols: [
        symbol(
          ["Linear"], .structure, "struct Linear", "A dense layer: y = f(x W + b). See ``squaredError(_:_:)``.", line: 6
        ),
        symbol(
          ["Linear", "init(_:_:initializer:using:)"], .initializer,
          "init(_ inputs: Int, _ outputs: Int, initializer: Initializer = .standard, using random: inout RandomGenerator)",
          """
          A layer with random weights, uniform as ``Initializer/standard`` says.

          - Parameters:
            - inputs: how many numbers come in.
            - outputs: how many go out, each

                  y_j = sum_i x_i w_(i, j) + b_j

          Traps when a width is not positive.
          """, line: 17),
        symbol(["Linear", "apply(_:)"], .method, "func apply(_ x: Tensor) -> Tensor", "", line: 30),
        symbol(["Linear", "apply(_:)"], .method, "func apply(_ x: Variable) -> Variable", "", line: 35, suffix: "2"),
        symbol(["Linear", "Shape"], .enumeration, "enum Shape", "", line: 40),
        symbol(["Linear", "Shape", "wide"], .enumerationCase, "case wide", "More out than in.", line: 41),
        symbol(["Initializer"], .enumeration, "enum Initializer", "How weights begin.", line: 3, folder: "Weights"),
        symbol(
          ["Initializer", "standard"], .enumerationCase, "case standard", "As PyTorch.", line: 4, folder: "Weights"),
        symbol(
          ["squaredError(_:_:)"], .function, "func squaredError(_ a: Tensor, _ b: Tensor) -> Tensor",
          """
          The mean square:

              |a - b|^2 / n

          ```swift
          let loss = squaredError(output, target)
          ```

          - Returns: one number.
          - Throws: nothing.
          """, line: 9),
        symbol(["%(_:_:)"], .operation, "func % (a: Tensor, b: Tensor) -> Tensor", "What is left.", line: 12),
      ]),
    .init(
      name: "Figures",
      symbols: [
        symbol(["Array"], .extended, "extension Array", "", line: 2, module: "Figures"),
        symbol(
          ["Array", "plotValues"], .property, "var plotValues: [Double]", "As numbers.", line: 3, module: "Figures"),
        symbol(["Linear", "figure"], .property, "var figure: Figure", "A picture of it.", line: 7, module: "Figures"),
      ]),
  ])

  private static func symbol(
    _ path: [String], _ kind: APISymbol.Kind, _ declaration: String, _ documentation: String, line: Int,
    module: String = "NeuralNetworks", folder: String = "Layers", suffix: String = ""
  ) -> APISymbol {
    APISymbol(
      identifier: identifier(path, suffix), module: module, path: path, kind: kind,
      declaration: fragments(declaration), documentation: documentation,
      place: .init(path: "Sources/\(module)/\(folder)/\(path[0]).swift", line: line),
      conformances: path == ["Linear"] ? [.init(.typeIdentifier, "Module")] : [])
  }

  static func identifier(_ path: [String], _ suffix: String = "") -> String { path.joined(separator: ".") + suffix }

  /// Words that begin with a capital name types; those of the sample are known.
  private static func fragments(_ declaration: String) -> [APISymbol.Fragment] {
    let keywords: Set<String> = ["struct", "init", "func", "enum", "case", "var", "inout", "extension"]
    var fragments: [APISymbol.Fragment] = []
    var rest = declaration[...]
    while let first = rest.first {
      let word = rest.prefix { $0.isLetter }
      guard !word.isEmpty else {
        fragments.append(.init(.text, String(first)))
        rest.removeFirst()
        continue
      }
      rest = rest.dropFirst(word.count)
      let name = String(word)
      if keywords.contains(name) {
        fragments.append(.init(.keyword, name))
      } else if word.first?.isUppercase == true {
        fragments.append(.init(.typeIdentifier, name, identifier: name))
      } else {
        fragments.append(.init(rest.first == ":" ? .externalParam : .identifier, name))
      }
    }
    return fragments
  }
}
