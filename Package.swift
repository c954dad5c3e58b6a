// swift-tools-version: 6.1
import PackageDescription

/// The layers of ARCHITECTURE.md: a target depends on lower layers only, never on a sibling.
let package = Package(
  name: "nevermore",
  products: [.executable(name: "nevermore", targets: ["nevermore"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Layer 0
    .target(name: "Failures"),
    .target(name: "Interchange"),
    .target(name: "Sandboxing"),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    // Layer 1
    .target(name: "Languages", dependencies: ["Failures"]),
    // Layer 2
    .target(
      name: "Intake",
      dependencies: [
        "CZlib", "Failures", "Interchange", .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(name: "Reproducing", dependencies: ["Failures", "Languages"]),
    .target(name: "TestWriting", dependencies: ["Failures", "Languages"]),
    .target(
      name: "Repairing", dependencies: ["Failures", "Interchange", "Languages", "Sandboxing"]),
    .target(name: "Validating", dependencies: ["Failures", "Languages"]),
    .target(name: "Shipping", dependencies: ["Failures"]),
    .target(
      name: "PythonTarget",
      dependencies: ["Failures", "Interchange", "Languages", "Sandboxing"],
      resources: [.embedInCode("Kit")]),
    // Layer 3
    .target(
      name: "Pipeline",
      dependencies: [
        "Failures", "Languages", "Reproducing", "TestWriting", "Repairing", "Validating",
        "Shipping",
      ]),
    // Layer 5
    .executableTarget(
      name: "nevermore",
      dependencies: [
        "Failures", "Interchange", "Sandboxing", "Languages", "Intake", "Reproducing",
        "TestWriting", "Repairing", "Validating", "Shipping", "PythonTarget", "Pipeline", "Yams",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "StageTests",
      dependencies: [
        "Failures", "Interchange", "Languages", "Intake", "Reproducing", "TestWriting", "Repairing",
        "Validating", "PythonTarget", "Pipeline",
      ], exclude: ["PythonPrinting/Goldens"]),
    .testTarget(
      name: "MachineTests",
      dependencies: [
        "Failures", "Interchange", "Languages", "Sandboxing", "Shipping", "PythonTarget",
        "Reproducing", "TestWriting", "Repairing", "Validating", "Pipeline",
      ], exclude: ["Shipping/Goldens"]),
    .testTarget(
      name: "CommandTests",
      dependencies: ["Failures", "Intake", "Interchange", "Pipeline", "nevermore"],
      exclude: ["Goldens"]),
  ]
)
