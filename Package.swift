// swift-tools-version: 6.1
import PackageDescription

/// The layers of ARCHITECTURE.md: a target depends on lower layers only, never on a sibling.
let package = Package(
  name: "nevermore",
  products: [.executable(name: "nevermore", targets: ["nevermore"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  ],
  targets: [
    // Layer 0
    .target(name: "Failures"),
    .target(name: "Interchange"),
    .target(name: "Sandboxing"),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CBrotli", providers: [.apt(["libbrotli-dev"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
    .target(
      name: "OpenTelemetry",
      dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
      exclude: ["README.md"]),
    // Layer 1
    .target(name: "Languages", dependencies: ["Failures"]),
    .target(name: "Storage", dependencies: [.product(name: "GRDB", package: "GRDB.swift")]),
    .target(
      name: "Sending",
      dependencies: [
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    // Layer 2
    .target(
      name: "Intake",
      dependencies: [
        "CBrotli", "CZlib", "CZstd", "Failures", "Interchange",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(name: "Reproducing", dependencies: ["Failures", "Languages"]),
    .target(name: "TestWriting", dependencies: ["Failures", "Languages"]),
    .target(
      name: "Repairing", dependencies: ["Failures", "Interchange", "Languages", "Sandboxing"]),
    .target(name: "Validating", dependencies: ["Failures", "Languages"]),
    .target(name: "Shipping", dependencies: ["Failures"]),
    .target(
      name: "Forges",
      dependencies: [
        "Failures", "Interchange", .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(
      name: "PythonTarget",
      dependencies: [
        "Failures", "Interchange", "Languages", "Sandboxing",
        .product(name: "Crypto", package: "swift-crypto"),
      ], resources: [.embedInCode("Kit")]),
    // Layer 3
    .target(
      name: "Pipeline",
      dependencies: [
        "Failures", "Languages", "Reproducing", "TestWriting", "Repairing", "Validating",
        "Shipping",
      ]),
    .target(
      name: "Telemetry",
      dependencies: [
        "Failures", "Intake", "Interchange", "OpenTelemetry",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ]),
    // Layer 4
    .target(
      name: "Daemon",
      dependencies: [
        "Failures", "Interchange", "Forges", "Intake", "Sending", "Storage", "Telemetry",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ], resources: [.embedInCode("Pages/Templates")]),
    // Layer 5
    .executableTarget(
      name: "nevermore",
      dependencies: [
        "Failures", "Interchange", "Sandboxing", "Languages", "Intake", "Reproducing",
        "TestWriting", "Repairing", "Validating", "Shipping", "PythonTarget", "Pipeline", "Storage",
        "Daemon", "Forges", "Sending", "Telemetry", "Yams",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "StageTests",
      dependencies: [
        "CZlib", "Failures", "Interchange", "Languages", "Intake", "Reproducing", "TestWriting",
        "Repairing",
        "Validating", "PythonTarget", "Pipeline", "Forges", "OpenTelemetry", "Telemetry",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ], exclude: ["PythonPrinting/Goldens"]),
    .testTarget(
      name: "MachineTests",
      dependencies: [
        "Failures", "Interchange", "Languages", "Sandboxing", "Shipping", "PythonTarget",
        "Reproducing", "TestWriting", "Repairing", "Validating", "Pipeline", "Forges",
        "Sending",
      ], exclude: ["Shipping/Goldens"]),
    .testTarget(
      name: "DaemonTests",
      dependencies: [
        "Failures", "Interchange", "Intake", "Storage", "Daemon", "nevermore",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "Failures", "Intake", "Interchange", "Pipeline", "Telemetry", "nevermore",
      ],
      exclude: ["Goldens"]),
  ]
)
