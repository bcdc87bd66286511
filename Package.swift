// swift-tools-version: 6.2
import PackageDescription

/// The instruction set the model core is compiled for. `native` by default; `x86-64`, `x86-64-v3` and others
/// let the reproducibility checks build the same sources for other machines.
let targetCPU = Context.environment["WALKTHROUGH_CPU"] ?? "native"

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// Numeric code is optimized in debug builds too; the tests would crawl otherwise.
let numeric: [SwiftSetting] = strict + [.unsafeFlags(["-O", "-Xcc", "-march=\(targetCPU)", "-Xcc", "-fno-math-errno"])]

let package = Package(
  name: "walkthrough",
  products: [
    .executable(name: "walkthrough", targets: ["walkthrough"]),
    .executable(name: "fingerprint", targets: ["fingerprint"]),
    .library(name: "LessonKit", type: .dynamic, targets: ["LessonKit"]),
    .library(name: "TensorCore", targets: ["TensorCore"]),
    .library(
      name: "ModelCore",
      targets: [
        "GenerativeModels", "NeuralNetworks", "Autodiff", "TensorCore", "Distributions", "Datasets", "Metrics",
      ]),
    .library(name: "PNGCoding", targets: ["PNGCoding"]),
  ],
  targets: [
    // C libraries from the distribution; each is imported by one Swift file.
    .systemLibrary(
      name: "CCMarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CDuktape", pkgConfig: "duktape", providers: [.apt(["duktape-dev"])]),

    // The model core.
    .target(name: "CKernels", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(name: "TensorCore", dependencies: ["CKernels"], swiftSettings: numeric),
    .target(name: "Autodiff", dependencies: ["TensorCore"], swiftSettings: numeric),
    .target(name: "NeuralNetworks", dependencies: ["Autodiff", "TensorCore"], swiftSettings: numeric),
    .target(
      name: "GenerativeModels", dependencies: ["NeuralNetworks", "Autodiff", "Distributions", "TensorCore"],
      swiftSettings: numeric),
    .target(name: "Distributions", dependencies: ["TensorCore"], swiftSettings: numeric),
    .target(name: "Datasets", dependencies: ["TensorCore", "Compression", "PNGCoding"], swiftSettings: numeric),
    .target(name: "Metrics", dependencies: ["Distributions", "TensorCore"], swiftSettings: numeric),

    // Trainings whose every bit is known, and the command that prints them.
    .target(
      name: "TrainingRuns", dependencies: ["NeuralNetworks", "Autodiff", "TensorCore"], swiftSettings: numeric),
    .executableTarget(name: "fingerprint", dependencies: ["TrainingRuns", "TensorCore"], swiftSettings: strict),

    // Gzip, for data sets and for the weight of pages.
    .target(name: "Compression", dependencies: ["CZlib"], swiftSettings: strict),

    // Pictures as PNG: figures are written, data sets are read.
    .target(name: "PNGCoding", dependencies: ["CPNG"], swiftSettings: strict),

    // The vocabulary that both sides share: records on the wire, and figures as values.
    .target(name: "SnippetProtocol", swiftSettings: strict),
    .target(name: "Figures", dependencies: ["SnippetProtocol"], swiftSettings: strict),

    // What a lesson imports.
    .target(name: "CLessonRuntime"),
    .target(
      name: "LessonKit",
      dependencies: [
        "GenerativeModels", "NeuralNetworks", "Autodiff", "TensorCore", "Distributions", "Datasets", "Metrics",
        "Figures", "SnippetProtocol", "CLessonRuntime",
      ],
      swiftSettings: strict),

    // The document side.
    .target(name: "Markup", swiftSettings: strict),
    .target(
      name: "FigureRendering", dependencies: ["Figures", "Markup", "PNGCoding"], swiftSettings: strict),
    .target(name: "Lessons", dependencies: ["CCMarkGFM", "CYAML"], swiftSettings: strict),
    .target(name: "CChildProcess"),
    .target(
      name: "SnippetRunner", dependencies: ["Lessons", "SnippetProtocol", "CChildProcess"], swiftSettings: strict),
    .target(
      name: "SiteBuilder",
      dependencies: [
        "SnippetRunner", "Lessons", "SnippetProtocol", "Figures", "FigureRendering", "Markup", "Compression",
        "CDuktape",
      ],
      resources: [
        .embedInCode("Assets/Styles"), .embedInCode("Assets/Scripts"), .embedInCode("Assets/favicon.svg"),
      ],
      swiftSettings: strict),
    .target(
      name: "WalkthroughCLI",
      dependencies: ["SiteBuilder", "SnippetRunner", "Lessons", "SnippetProtocol", "Figures", "FigureRendering"],
      swiftSettings: strict),
    .executableTarget(name: "walkthrough", dependencies: ["WalkthroughCLI"], swiftSettings: strict),

    // Tests.
    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
    .testTarget(
      name: "TensorCoreTests", dependencies: ["TensorCore"], exclude: ["Reference"], swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Autodiff", "TensorCore"], path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "AutodiffTests", dependencies: ["TestSupport", "Autodiff", "TensorCore"], swiftSettings: strict),
    .testTarget(
      name: "NeuralNetworksTests", dependencies: ["TestSupport", "NeuralNetworks", "Autodiff", "TensorCore"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "ReproducibilityTests", dependencies: ["TrainingRuns", "TensorCore", "CKernels"], swiftSettings: strict),
    .testTarget(
      name: "GenerativeModelsTests",
      dependencies: [
        "TestSupport", "GenerativeModels", "NeuralNetworks", "Autodiff", "TensorCore", "Distributions", "Datasets",
        "Metrics",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "DistributionsTests", dependencies: ["TestSupport", "Distributions", "TensorCore"], swiftSettings: strict),
    .testTarget(name: "CompressionTests", dependencies: ["Compression"], swiftSettings: strict),
    .testTarget(
      name: "PNGCodingTests", dependencies: ["PNGCoding", "CPNG"], exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "DatasetsTests", dependencies: ["TestSupport", "Datasets", "PNGCoding", "TensorCore"], swiftSettings: strict
    ),
    .testTarget(
      name: "MetricsTests", dependencies: ["TestSupport", "Metrics", "Distributions", "TensorCore"],
      swiftSettings: strict),
    .testTarget(name: "SnippetProtocolTests", dependencies: ["SnippetProtocol"], swiftSettings: strict),
    .testTarget(name: "MarkupTests", dependencies: ["Markup"], swiftSettings: strict),
    .testTarget(name: "FiguresTests", dependencies: ["Figures", "SnippetProtocol"], swiftSettings: strict),
    .testTarget(
      name: "FigureRenderingTests",
      dependencies: ["FigureRendering", "Figures", "Markup", "SnippetProtocol", "PNGCoding", "CPNG"],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "LessonsTests", dependencies: ["Lessons"], exclude: ["Golden", "Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "SnippetRunnerTests", dependencies: ["SnippetRunner", "Lessons", "SnippetProtocol"],
      exclude: ["Golden", "Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "SiteBuilderTests",
      dependencies: ["SiteBuilder", "SnippetRunner", "Lessons", "SnippetProtocol", "Figures", "Markup"],
      exclude: ["Golden", "Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "WalkthroughCLITests", dependencies: ["WalkthroughCLI", "Figures"], exclude: ["Golden", "Fixtures"],
      swiftSettings: strict),
    // In a real browser; skipped unless `make test-browser` says where one is.
    .testTarget(name: "BrowserTests", exclude: ["Fixtures", "Scripts"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
