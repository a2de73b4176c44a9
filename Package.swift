// swift-tools-version: 6.2
import PackageDescription

/// Applied to every Swift target; a target may add to it, never subtract.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]
/// For what decides, and is run through millions of seconds by the tests.
///
/// Optimised in debug builds too, which makes those tests twenty times faster. Overflow and bounds
/// are checked all the same.
let optimised = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]
/// For the rooms that import nothing: not even an unsafe pointer.
let pure = optimised + [.strictMemorySafety()]

func room(_ name: String, _ needs: [Target.Dependency] = [], _ settings: [SwiftSetting] = strict)
  -> Target
{
  .target(name: name, dependencies: needs, swiftSettings: settings)
}

func tests(_ name: String, _ needs: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name, dependencies: needs + ["TestKit"], path: "Tests/\(name)", swiftSettings: strict)
}

let package = Package(
  name: "chairside",
  targets: [
    // pure: no I/O, no clock, no module of the toolchain
    room("Vitals", [], pure),
    room("Monitoring", ["Vitals"], pure),
    room("Drivers", ["Vitals"], pure),
    room("Ward", ["Vitals", "Monitoring", "Drivers"], pure),
    room("Proving", ["Vitals", "Drivers"], pure),
    tests("VitalsTests", ["Vitals"]),
    tests("MonitoringTests", ["Vitals", "Monitoring"]),
    tests("DriversTests", ["Vitals", "Drivers", "Proving"]),
    tests("WardTests", ["Vitals", "Monitoring", "Drivers", "Ward"]),
    tests("HouseTests"),
    .target(
      name: "TestKit", dependencies: ["Vitals"], path: "Tests/TestKit", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// `PURE=1 swift test` builds and tests the rooms above in seconds, without a single package.
if Context.environment["PURE"] == nil {
  package.products += [.executable(name: "chairside", targets: ["chairside"])]
  package.dependencies += [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ]
  package.targets += [
    // pure, with a text format each
    room("Documents", [.product(name: "Yams", package: "Yams")]),
    room("Recording", ["Documents", "Vitals", "Monitoring", "Drivers", "Ward"], optimised),
    room("Settings", ["Documents", "Vitals", "Monitoring"]),
    room(
      "Records",
      [
        "Vitals", "Monitoring", "Ward", "Recording",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      optimised),
    tests("RecordsTests", ["Vitals", "Monitoring", "Records"]),
    tests(
      "RecordingTests", ["Documents", "Vitals", "Monitoring", "Drivers", "Ward", "Recording"]),
    tests("SettingsTests", ["Documents", "Vitals", "Monitoring", "Settings"]),
    // hands
    .target(name: "CLinux"),
    .target(name: "CWeb", exclude: ["web"]),
    .systemLibrary(name: "CUdev", pkgConfig: "libudev", providers: [.apt(["libudev-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CUSB", pkgConfig: "libusb-1.0", providers: [.apt(["libusb-1.0-0-dev"])]),
    room("DispatchKit", ["CLinux"]),
    room("Lines", ["DispatchKit", "CLinux", "CUSB"]),
    room("Hotplug", ["DispatchKit", "CUdev"]),
    room(
      "Store",
      [
        "CLinux", "CZlib", "DispatchKit", "Vitals", "Monitoring", "Ward", "Recording", "Records",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]
    ),
    room(
      "Station",
      [
        "Vitals", "Monitoring", "Drivers", "Ward", "Recording", "CWeb",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdHTTP2", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    room(
      "Secrets",
      [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ]),
    room(
      "Certificates",
      [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ]),
    tests("CertificatesTests", ["Certificates"]),
    room("Feeds", ["Vitals", "Monitoring", "Drivers", "Ward", "Recording"]),
    tests("FeedsTests", ["Vitals", "Monitoring", "Drivers", "Ward", "Recording", "Feeds"]),
    room("Annunciator", ["CLinux", "DispatchKit", "Monitoring"]),
    tests("AnnunciatorTests", ["DispatchKit", "Monitoring", "Annunciator"]),
    tests("DispatchKitTests", ["DispatchKit"]),
    tests("LinesTests", ["DispatchKit", "Lines"]),
    tests("SecretsTests", ["Secrets"]),
    tests(
      "StoreTests",
      [
        "DispatchKit", "Documents", "Vitals", "Monitoring", "Drivers", "Ward", "Recording",
        "Records",
        "Store",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    // head and door
    room(
      "Daemon",
      [
        "Documents", "Vitals", "Monitoring", "Drivers", "Ward", "Recording", "Records",
        "Settings", "DispatchKit", "Lines", "Hotplug", "Store", "Station", "Feeds", "Secrets",
        "Annunciator", "Certificates", "CLinux",
        .product(name: "Logging", package: "swift-log"),
      ]),
    tests(
      "HotplugTests",
      [
        "DispatchKit", "Drivers", "Hotplug", "Lines", "Settings", "Vitals", "Daemon",
        .product(name: "Logging", package: "swift-log"),
      ]),
    .executableTarget(
      name: "chairside",
      dependencies: [
        "Daemon", "Documents", "Vitals", "Monitoring", "Drivers", "Proving", "Ward", "Recording",
        "Records", "Settings", "Store", "Lines", "Hotplug", "DispatchKit",
        "Annunciator", "Certificates", "Feeds",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: strict),
  ]
}

// `make bench` measures in release mode, beside plain C.
if Context.environment["BENCH"] != nil {
  package.targets += [
    .target(name: "CFramers", path: "Benchmarks/CFramers"),
    .executableTarget(
      name: "bench",
      dependencies: [
        "CFramers", "CLinux", "Vitals", "Monitoring", "Drivers", "Proving", "Ward", "Recording",
        "Documents", "Store", .product(name: "GRDB", package: "GRDB.swift"),
      ], path: "Benchmarks/bench", swiftSettings: strict),
  ]
}

// `Fuzz/run`: the rooms it feeds, with coverage for libFuzzer. Goes with PURE: no package is needed,
// because the part of `Recording` that reads scenes, and YAML with them, stays out.
if Context.environment["FUZZ"] != nil {
  package.targets += [
    .target(
      name: "Recording", dependencies: ["Vitals", "Monitoring", "Drivers", "Ward"],
      exclude: [
        "Scene.swift", "ScenePatient.swift", "ScenePlayer.swift", "SceneReader.swift",
        "SceneScript.swift", "SceneVerdict.swift",
      ], swiftSettings: strict)
  ]
  for target in package.targets where target.type == .regular {
    target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-sanitize=fuzzer"])]
  }
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: ["Vitals", "Drivers", "Ward", "Proving", "Recording"],
      path: "Fuzz/fuzz", swiftSettings: strict,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]))
}
