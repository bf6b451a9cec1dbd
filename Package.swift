// swift-tools-version: 6.2
import PackageDescription

// Apus is one package. A target is a folder; `library`, `service` and `tests` below say what a folder may
// import, and the build refuses any other import (docs/STYLE.md, "Who may import whom").

// MARK: - What we depend on

let packages: [Package.Dependency] = [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-crypto.git", from: "4.0.0"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.0"),
    .package(url: "https://github.com/apple/swift-nio-http2.git", from: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
    .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.6.0"),
]

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(
    name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let unixSignals = Target.Dependency.product(
    name: "UnixSignals", package: "swift-service-lifecycle")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTP2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP2 = Target.Dependency.product(
    name: "NIOHTTPTypesHTTP2", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")

// MARK: - How a target is built

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func library(
    _ name: String, at path: String? = nil, _ dependencies: Target.Dependency...
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path ?? "Sources/\(name)",
        swiftSettings: swiftSettings)
}

func tests(_ name: String, at path: String, _ dependencies: Target.Dependency...) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(path)",
        swiftSettings: swiftSettings)
}

// MARK: - The services

/// A service is two targets, its generated model and itself, and a test target.
struct Service {
    let name: String
    /// The other services whose operations it calls, by their models.
    var calls: [String] = []
    /// The module of the types that stand for shapes of its model.
    var shapes: [Target.Dependency] = []
    var extra: [Target.Dependency] = []

    var targets: [Target] {
        let models = ([name] + calls).map { Target.Dependency(stringLiteral: "\($0)Model") }
        return [
            .target(
                name: "\(name)Model", dependencies: ["Platform", "Wire"] + shapes,
                path: "Sources/Generated/\(name)Model", swiftSettings: swiftSettings),
            .target(
                name: name,
                dependencies: models + [
                    "Jobs", "Platform", "ServiceKit", "Storage", "Wire", logging, nioCore,
                ] + shapes + extra,
                path: "Sources/Services/\(name)", swiftSettings: swiftSettings),
            .testTarget(
                name: "\(name)Tests",
                dependencies: models + ([name] + calls).map { .init(stringLiteral: $0) } + [
                    "TestKit", "Platform", "ServiceKit", "Storage", "Wire", logging, nioCore,
                ] + shapes + extra,
                path: "Tests/Services/\(name)", swiftSettings: swiftSettings),
        ]
    }
}

/// A model that is served by the service of another one.
func model(_ name: String, _ shapes: Target.Dependency...) -> Target {
    .target(
        name: "\(name)Model", dependencies: ["Platform", "Wire"] + shapes,
        path: "Sources/Generated/\(name)Model", swiftSettings: swiftSettings)
}

let services: [Service] = [
    Service(name: "APIGatewayV2", calls: ["Lambda"], extra: [httpTypes]),
    Service(name: "CloudWatchLogs"),
    Service(
        name: "DynamoDB", shapes: ["DynamoDBValues"], extra: ["DynamoDBStreamsModel"]),
    Service(name: "IAM", extra: ["Authorization", crypto]),
    Service(name: "KMS", extra: [crypto, cryptoExtras]),
    Service(
        name: "Lambda", calls: ["CloudWatchLogs", "STS"],
        extra: [
            "Archive", "Blobs", "DynamoDBStreamsModel", "EventPatterns", "KinesisModel", "S3Model",
            "Sandbox", "SQSModel", crypto, httpTypes,
        ]),
    Service(name: "S3", calls: ["KMS"], extra: ["Blobs", crypto, httpTypes]),
    Service(name: "SSM", calls: ["KMS", "SecretsManager"]),
    Service(name: "STS", calls: ["IAM"], extra: [crypto, cryptoExtras]),
    Service(name: "SecretsManager", calls: ["KMS", "Lambda"]),
]

// MARK: - The house

var targets: [Target] = [
    // C, and the system's libraries.
    .systemLibrary(
        name: "CLibPQ", path: "Sources/CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]
    ),
    .systemLibrary(
        name: "CSQLite", path: "Sources/CSQLite", pkgConfig: "sqlite3",
        providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", path: "Sources/CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CSandbox", path: "Sources/CSandbox"),

    // What stands on nothing of ours.
    library("Platform", crypto),
    library("Wire", "Platform", crypto, nioCore, httpTypes),
    library("Archive", "CZlib"),
    library("EventPatterns", "Wire"),

    // What every service stands on.
    library("Storage", "Platform"),
    library(
        "StorageSQLite", at: "Sources/StorageSQLite", "CSQLite", "Platform", "Storage", logging),
    library(
        "StoragePostgres", at: "Sources/StoragePostgres", "CLibPQ", "Platform", "Storage", logging),
    library("Blobs", "Platform", crypto, nioCore),
    library("Jobs", "Platform", "Storage", logging),
    library(
        "ServiceKit", "Platform", "Wire", crypto, httpTypes, lifecycle, logging, nioCore),
    library("Authorization", "ServiceKit", "Platform", "Wire"),

    // Functions' sandboxes.
    library("Sandbox", "Platform", logging, nioCore),
    library(
        "SandboxLinux", "CSandbox", "Platform", "Sandbox", logging, nioCore, nioHTTP1, nioPosix),

    // The way in.
    library(
        "Gateway", "Archive", "Platform", "ServiceKit", "Wire", crypto, httpTypes, lifecycle,
        logging,
        nioCore, nioHTTP1, nioHTTP2, nioHTTPTypes, nioHTTPTypesHTTP2, nioPosix, nioSSL),
    library(
        "CLI", "Archive", "Platform", "Wire", argumentParser, asyncHTTPClient, crypto, logging,
        nioCore, nioHTTP1),

    // Support of the tests.
    library(
        "TestKit", at: "Support/TestKit", "Platform", "ServiceKit", "Storage", "StorageSQLite",
        "Wire", httpTypes, logging, nioCore),
    library(
        "SandboxKit", at: "Support/SandboxKit", "Platform", "Sandbox", "SandboxLinux", logging),
]

targets += services.flatMap(\.targets)
targets += [
    library("DynamoDBValues", "Platform", "Wire"),
    model("DynamoDBStreams", "DynamoDBValues"),
    model("Kinesis"),
    model("SQS"),
]

targets.append(
    .executableTarget(
        name: "apus",
        dependencies: services.flatMap { [.init(stringLiteral: $0.name)] } + [
            "Authorization", "Blobs", "CLI", "Gateway", "Jobs", "Platform", "Sandbox",
            "SandboxLinux", "ServiceKit", "Storage", "StoragePostgres", "StorageSQLite", "Wire",
            argumentParser, asyncHTTPClient, lifecycle, logging, nioCore, nioHTTP1, unixSignals,
        ],
        path: "Sources/apus", swiftSettings: swiftSettings))

targets.append(
    .executableTarget(
        name: "StorageBenchmark", dependencies: ["Platform", "Storage", "StorageSQLite", logging],
        path: "Benchmarks/Storage", swiftSettings: swiftSettings))

targets.append(
    .executableTarget(
        name: "AuthorizationBenchmark",
        dependencies: ["Authorization", "Platform", "ServiceKit", "Wire"],
        path: "Benchmarks/Authorization", swiftSettings: swiftSettings))

targets += [
    tests("Platform", at: "Platform", "Platform"),
    tests("Wire", at: "Wire", "Platform", "Wire", nioCore, httpTypes),
    tests("Archive", at: "Archive", "Archive", "TestKit"),
    tests("EventPatterns", at: "EventPatterns", "EventPatterns", "Wire"),
    tests(
        "Storage", at: "Storage", "Blobs", "Jobs", "Platform", "Storage", "StoragePostgres",
        "StorageSQLite", "TestKit", nioCore, logging),
    tests("ServiceKit", at: "ServiceKit", "Platform", "ServiceKit", "TestKit", "Wire", httpTypes),
    tests(
        "Authorization", at: "Authorization", "Authorization", "Platform", "ServiceKit", "TestKit",
        "Wire", logging),
    tests(
        "Sandbox", at: "Sandbox", "Platform", "Sandbox", "SandboxKit", "SandboxLinux", nioCore,
        logging),
    tests("Escape", at: "Escape", "Platform", "Sandbox", "SandboxKit", "SandboxLinux"),
    tests(
        "Gateway", at: "Gateway", "Authorization", "Gateway", "Platform", "ServiceKit", "Wire",
        httpTypes, lifecycle, logging, nioCore, nioHTTP2, nioHTTPTypes, nioHTTPTypesHTTP2, nioPosix,
        nioSSL),
    tests(
        "CLI", at: "CLI", "Archive", "CLI", "Platform", "Wire", argumentParser, logging, nioHTTP1),
    tests("Tidy", at: "Tidy"),
]

// `devtool fuzz --codec NAME` builds what libFuzzer runs; its `main` is libFuzzer's.
if Context.environment["APUS_FUZZER"] != nil {
    targets.append(
        .executableTarget(
            name: "Fuzzer", dependencies: ["Archive", "Wire", nioCore], path: "Tests/Fuzz",
            swiftSettings: swiftSettings + [.unsafeFlags(["-parse-as-library"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]))
}

// `APUS_ONLY=Wire,WireTests swift test` builds and tests a part of the house.
if let only = Context.environment["APUS_ONLY"], !only.isEmpty {
    let byName: [String: Target] = Dictionary(uniqueKeysWithValues: targets.map { ($0.name, $0) })
    var wanted: Set<String> = []
    func want(_ name: String) {
        guard let target = byName[name], wanted.insert(name).inserted else { return }
        for case .byNameItem(let dependency, _) in target.dependencies { want(dependency) }
    }
    only.split(separator: ",").forEach { want(String($0)) }
    targets = targets.filter { wanted.contains($0.name) }
}

let package = Package(
    name: "apus",
    platforms: [.macOS(.v15)],
    products: [],
    dependencies: packages,
    targets: targets,
    swiftLanguageModes: [.v6]
)
