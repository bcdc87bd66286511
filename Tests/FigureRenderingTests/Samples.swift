import Figures

/// A figure of each kind, with data that a lesson could have.
struct Sample: Sendable {
  let name: String
  let alt: String
  let figure: Figure
}

/// Numbers that look random and are the same on every machine.
struct Noise {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// Uniform in 0..<1.
  mutating func uniform() -> Double {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Double(state >> 11) / 9_007_199_254_740_992
  }

  /// Roughly normal: the sum of twelve uniform numbers, less six.
  mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
}

let classNames = [
  "T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
]

enum Samples {
  static let all: [Sample] = [
    Sample(name: "line", alt: "Two losses fall.", figure: losses),
    Sample(name: "line-log", alt: "A loss on a logarithmic axis.", figure: logarithmicLoss),
    Sample(name: "line-gap", alt: "A line with gaps.", figure: gaps),
    Sample(name: "line-many", alt: "Nine lines.", figure: manyLines),
    Sample(name: "band", alt: "Two means with their spread.", figure: bands),
    Sample(name: "scatter", alt: "Ten clouds of points.", figure: scatter(count: 400)),
    Sample(name: "scatter-plain", alt: "A cloud with a line through it.", figure: fit),
    Sample(name: "bar", alt: "Three errors.", figure: bars),
    Sample(name: "bar-groups", alt: "Errors of two models by class.", figure: groups),
    Sample(name: "histogram", alt: "A bell.", figure: histogram),
    Sample(name: "histogram-two", alt: "Two bells.", figure: histograms),
    Sample(name: "density", alt: "Two smooth bells.", figure: densities),
    Sample(name: "images", alt: "Rings, in and out.", figure: images(columns: 10)),
    Sample(name: "images-rgb", alt: "Four colour ramps.", figure: colours),
    Sample(name: "heat-map", alt: "A density with two peaks.", figure: heatMap),
    Sample(name: "confusion", alt: "A confusion matrix.", figure: confusion),
    Sample(name: "contour", alt: "Level curves of a saddle with points.", figure: contour),
    Sample(name: "field", alt: "A field that turns.", figure: field),
    Sample(name: "table", alt: "Errors of three models.", figure: table),
    Sample(name: "multiples", alt: "Loss curves for four widths.", figure: multiples),
    Sample(name: "frames", alt: "A ring dissolves.", figure: frames),
    Sample(name: "empty", alt: "Nothing.", figure: Plot(title: "No data yet", xAxis: "x", yAxis: "y").figure),
  ]

  private static func decay(_ rate: Double, floor: Double, seed: UInt64, noise: Double = 0.004) -> [Double] {
    var random = Noise(seed)
    var value = 1.0
    return (0..<400).map { _ in
      value *= rate
      return floor + 0.2 * value + noise * random.normal() * (value + 0.2)
    }
  }

  static let losses = LineChart(
    x: Array(1...400),
    y: ["L2 loss": decay(0.985, floor: 0.011, seed: 1), "L1 loss": decay(0.99, floor: 0.018, seed: 2)],
    xAxis: "training step", yAxis: "mean squared error on a batch"
  ).figure

  static let logarithmicLoss = LineChart(
    [
      LineMark("train", x: Array(1...400), y: decay(0.96, floor: 0.0004, seed: 3, noise: 0.0001)),
      LineMark("test", x: Array(1...400), y: decay(0.965, floor: 0.0021, seed: 4, noise: 0.0003), style: .dashed),
    ], xAxis: .log("step"), yAxis: .log("loss", unit: "nats")
  ).figure

  static let gaps = Plot(
    title: "Missing values break a line, and the scale is in the millions", xAxis: "parameters",
    yAxis: Axis("accuracy", includesZero: true),
    marks: [
      .line(
        LineMark(
          x: [1e6, 2e6, 3e6, 4e6, 5e6, 6e6, 7e6], y: [0.2, 0.4, .nan, 0.6, .infinity, 0.8, 0.9], isFilled: true)),
      .rule(RuleMark("chance", y: 0.1)), .rule(RuleMark("the budget", x: 4.5e6)),
    ]
  ).figure

  static let manyLines = LineChart(
    (0..<9).map { seed in
      LineMark("seed \(seed)", x: Array(0...8), y: (0...8).map { step in (step * (seed + 3)) % 10 })
    },
    xAxis: "step", yAxis: "modes"
  ).figure

  private static func runs(start: UInt64, noise: Double, _ mean: (Double) -> Double) -> [[Double]] {
    (UInt64(0)..<5).map { seed in
      var random = Noise(start + seed)
      return (0..<60).map { mean(Double($0)) + noise * random.normal() }
    }
  }

  static let bands = MeanBandChart(
    x: Array(0..<60),
    runs: [
      "GAN": runs(start: 10, noise: 0.25) { 3 - 2.2 * $0 / (12 + $0) },
      "diffusion": runs(start: 20, noise: 0.08) { 3 - 2.9 * $0 / (20 + $0) },
    ], xAxis: "epoch", yAxis: "Fréchet distance"
  ).figure

  static func scatter(count: Int) -> Figure {
    var random = Noise(5)
    let category = (0..<count).map { $0 * 7 % 10 }
    let centers = (0..<10).map { _ in (6 * random.uniform() - 3, 6 * random.uniform() - 3) }
    return ScatterPlot(
      x: category.map { centers[$0].0 + 0.5 * random.normal() },
      y: category.map { centers[$0].1 + 0.4 * random.normal() }, category: category, names: classNames,
      xAxis: "first latent coordinate", yAxis: "second latent coordinate", hasEqualUnits: true
    ).figure
  }

  static let fit: Figure = {
    var random = Noise(6)
    let x = (0..<80).map { _ in random.uniform() * 10 }
    return Plot(
      xAxis: Axis("distance", unit: "m"), yAxis: Axis("time", unit: "s"),
      marks: [
        .points(PointMark("measured", x: x, y: x.map { -1.2 + 0.4 * $0 + 0.3 * random.normal() })),
        .line(LineMark("least squares", x: [0.0, 10], y: [-1.2, 2.8])),
      ]
    ).figure
  }()

  static let bars = BarChart(
    ["PCA, 32 components": 0.0208, "autoencoder, L1": 0.0151, "autoencoder, L2": 0.0129],
    errors: [0.0002, 0.0009, 0.0004], yAxis: "mean squared error on the test set"
  ).figure

  static let groups: Figure = {
    var random = Noise(7)
    return BarChart(
      categories: classNames,
      series: [
        "PCA": classNames.map { _ in 0.015 + 0.02 * random.uniform() },
        "autoencoder": classNames.map { _ in 0.008 + 0.012 * random.uniform() },
      ], yAxis: "test error"
    ).figure
  }()

  static let histogram: Figure = {
    var random = Noise(8)
    return Histogram((0..<2000).map { _ in random.normal() }, bins: 30, xAxis: "score").figure
  }()

  static let histograms: Figure = {
    var random = Noise(9)
    return Histogram(
      [
        "real": (0..<1500).map { _ in random.normal() * 0.8 + 1 },
        "generated": (0..<900).map { _ in random.normal() * 0.5 - 0.4 },
      ], bins: 36, xAxis: "discriminator's logit"
    ).figure
  }()

  static let densities: Figure = {
    var random = Noise(9)
    return DensityPlot(
      [
        "real": (0..<1500).map { _ in random.normal() * 0.8 + 1 },
        "generated": (0..<900).map { _ in random.normal() * 0.5 - 0.4 },
      ], xAxis: "discriminator's logit"
    ).figure
  }()

  static func rings(columns: Int, blur: Double) -> [Double] {
    (0..<columns).flatMap { index in
      (0..<28).flatMap { y in
        (0..<28).map { x in
          let (dx, dy) = (Double(x) - 13.5, Double(y) - 13.5)
          let radius = (dx * dx + dy * dy).squareRoot()
          return max(0, 1 - abs(radius - 3 - Double(index)) / blur)
        }
      }
    }
  }

  static func images(columns: Int) -> Figure {
    ImageGrid(
      rows: [
        "input": rings(columns: columns, blur: 1.5), "rebuilt, L2": rings(columns: columns, blur: 4),
        "rebuilt, L1": rings(columns: columns, blur: 3), "PCA": rings(columns: columns, blur: 7),
      ], height: 28, width: 28, columnLabels: Array(classNames.prefix(columns))
    ).figure
  }

  static let colours = ImageGrid(
    (0..<4 * 8 * 8).flatMap { index -> [Double] in
      let (x, y, picture) = (index % 8, index / 8 % 8, index / 64)
      return [Double(x) / 7, Double(y) / 7, Double(picture) / 3]
    }, height: 8, width: 8, channels: 3, columns: 4, title: "Red across, green down, blue from picture to picture"
  ).figure

  private static func surface(_ function: (Double, Double) -> Double) -> GridValues {
    let side = 40
    return GridValues(
      rows: side, columns: side,
      values: (0..<side * side).map { index -> Double in
        let x = (Double(index % side) + 0.5) / Double(side) * 4 - 2
        let y = 2 - (Double(index / side) + 0.5) / Double(side) * 4
        return function(x, y)
      }, xRange: -2...2, yRange: -2...2)
  }

  static let heatMap = HeatMap(
    grid: surface { x, y in
      let near: Double = (x - 0.8) * (x - 0.8) + y * y
      let far: Double = (x + 0.9) * (x + 0.9) + (y - 0.5) * (y - 0.5)
      return 1 / (1 + 6 * near) + 0.7 / (1 + 9 * far)
    }, valueLabel: "density", xAxis: "x", yAxis: "y", hasEqualUnits: true
  ).figure

  static let confusion = HeatMap(
    rows: [
      "shirt": [0.62, 0.21, 0.17], "pullover": [0.11, 0.78, 0.11], "coat": [0.09, 0.13, 0.78],
    ], columns: ["shirt", "pullover", "coat"], valueLabel: "share of the row", xAxis: "predicted", yAxis: "true"
  ).figure

  static let contour: Figure = {
    let grid = surface { x, y in x * x - y * y + 0.3 * x }
    return Plot(
      xAxis: "first weight", yAxis: "second weight", hasEqualUnits: true,
      marks: [
        .contour(ContourMark(grid: grid)),
        .points(PointMark("iterates", x: [1.5, 0.9, 0.4, 0.1, 0, -0.1], y: [0.05, 0.1, 0.2, 0.4, 0.8, 1.6])),
      ]
    ).figure
  }()

  static let field: Figure = {
    let x: [Double] = (0..<81).map { Double($0 % 9) / 2 - 2 }
    let y: [Double] = (0..<81).map { Double($0 / 9) / 2 - 2 }
    let dx: [Double] = zip(x, y).map { -$1 - 0.3 * $0 }
    let dy: [Double] = zip(x, y).map { $0 - 0.3 * $1 }
    return Plot(
      xAxis: "x", yAxis: "y", hasEqualUnits: true,
      marks: [
        .arrows(ArrowMark(fieldAtX: x, y: y, dx: dx, dy: dy, longest: 0.55))
      ]
    ).figure
  }()

  static let table = Table(
    columns: ["model", "parameters", "test error"],
    rows: [
      ["PCA", 25_872, .number(0.02084, decimals: 4)], ["autoencoder, L1", 435_984, .number(0.01513, decimals: 4)],
      ["autoencoder, L2", 435_984, .number(-0.01291, decimals: 4)],
    ]
  ).figure

  static let multiples = SmallMultiples(
    [8, 16, 32, 64].map { width in
      Plot(
        title: "\(width) units", xAxis: "step", yAxis: "loss",
        marks: [
          .line(LineMark("train", x: Array(0..<400), y: decay(0.98, floor: 0.2 / Double(width), seed: UInt64(width)))),
          .line(
            LineMark("test", x: Array(0..<400), y: decay(0.985, floor: 0.3 / Double(width), seed: UInt64(width + 1)))),
        ])
    }
  ).figure

  static let frames: Figure = {
    var random = Noise(12)
    let angles = (0..<60).map { Double($0) / 60 }
    let steps = (0..<60).map { _ in (random.normal(), random.normal()) }
    return Frames(
      [0, 10, 20, 40].map { time in
        let noise = Double(time) / 40
        // A square in place of a circle needs no sine.
        let ring = angles.map { angle -> (Double, Double) in
          let side = angle * 4
          let along = side - side.rounded(.down)
          switch Int(side) {
          case 0: return (along * 2 - 1, -1)
          case 1: return (1, along * 2 - 1)
          case 2: return (1 - along * 2, 1)
          default: return (-1, 1 - along * 2)
          }
        }
        return Plot(
          hasEqualUnits: true,
          marks: [
            .points(
              PointMark(
                x: zip(ring, steps).map { $0.0 + noise * $1.0 }, y: zip(ring, steps).map { $0.1 + noise * $1.1 }))
          ])
      }, labels: ["t = 0", "t = 10", "t = 20", "t = 40"]
    ).figure
  }()
}
