// swift-tools-version: 6.2
import PackageDescription

let targetCPU = Context.environment["WALKTHROUGH_CPU"] ?? "native"

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "walkthrough", path: "..")],
  targets: [
    .target(name: "CPeak", path: "Sources/CPeak", cSettings: [.unsafeFlags(["-O3", "-march=\(targetCPU)"])]),
    .executableTarget(
      name: "task-benchmark", dependencies: ["CPeak", .product(name: "ModelCore", package: "walkthrough")],
      path: "Sources/TaskBenchmark"),
    .executableTarget(
      name: "core-benchmark", dependencies: [.product(name: "TensorCore", package: "walkthrough")],
      path: "Sources/CoreBenchmark"),
    .executableTarget(
      name: "reproduce",
      dependencies: [
        .product(name: "ModelCore", package: "walkthrough"), .product(name: "PNGCoding", package: "walkthrough"),
      ],
      path: "Sources/Reproduce"),
  ],
  swiftLanguageModes: [.v6]
)
