// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "walkthrough", path: "..")],
  targets: [
    .executableTarget(
      name: "epoch-benchmark", dependencies: [.product(name: "ModelCore", package: "walkthrough")],
      path: "Sources/EpochBenchmark"),
    .executableTarget(
      name: "core-benchmark", dependencies: [.product(name: "TensorCore", package: "walkthrough")],
      path: "Sources/CoreBenchmark")
  ],
  swiftLanguageModes: [.v6]
)
