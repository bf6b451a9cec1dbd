import ArgumentParser
import Logging
import Testing

@testable import CLI

@Suite("The configuration of Apus")
struct ConfigurationTests {
    private static let key = [
        "APUS_ACCESS_KEY_ID": "apus_root", "APUS_SECRET_ACCESS_KEY": "0123456789abcdef",
    ]

    private static func resolve(
        _ arguments: [String] = [], _ environment: [String: String] = ["HOME": "/home/me"]
    ) throws -> Configuration {
        try Configuration(StartOptions.parse(arguments)) { environment[$0] }
    }

    private static func message(_ arguments: [String], _ environment: [String: String]) -> String? {
        do {
            _ = try resolve(arguments, environment)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("nothing needs to be set")
    func defaults() throws {
        let configuration = try Self.resolve()
        #expect(configuration.host == "127.0.0.1")
        #expect(configuration.port == 4566)
        #expect(configuration.dataDirectory == "/home/me/.apus")
        #expect(!configuration.isEphemeral)
        #expect(configuration.databaseURL == nil)
        #expect(configuration.rootKeyPath == nil)
        #expect(configuration.baseDomain == "localhost")
        #expect(configuration.tls == nil)
        #expect(configuration.logLevel == .info)
        #expect(configuration.logFormat == .text)
        #expect(configuration.region == "us-east-1")
        #expect(configuration.isDevelopment)
    }

    @Test("every option is a variable too")
    func variables() throws {
        let configuration = try Self.resolve(
            [],
            Self.key.merging(
                [
                    "APUS_HOST": "0.0.0.0", "APUS_PORT": "80", "APUS_DATA": "/data",
                    "APUS_DATABASE": "postgres://u@h/d", "APUS_BASE_DOMAIN": "Apus.Example.com",
                    "APUS_ROOT_KEY": "/keys/root",
                    "APUS_TLS_CERTIFICATE": "c.pem", "APUS_TLS_KEY": "k.pem",
                    "APUS_LOG_LEVEL": "debug", "APUS_LOG_FORMAT": "json",
                    "APUS_REGION": "eu-west-1",
                ], uniquingKeysWith: { old, _ in old }))
        #expect(configuration.host == "0.0.0.0")
        #expect(configuration.port == 80)
        #expect(configuration.dataDirectory == "/data")
        #expect(configuration.databaseURL == "postgres://u@h/d")
        #expect(configuration.rootKeyPath == "/keys/root")
        #expect(configuration.baseDomain == "apus.example.com")
        #expect(
            configuration.tls?.certificatePath == "c.pem" && configuration.tls?.keyPath == "k.pem")
        #expect(configuration.logLevel == .debug)
        #expect(configuration.logFormat == .json)
        #expect(configuration.region == "eu-west-1")
        #expect(configuration.rootCredentials?.accessKeyID == "apus_root")
        #expect(!configuration.isDevelopment)
    }

    @Test("origins are listed by options or in a variable")
    func origins() throws {
        let options = ["--allowed-origin", "https://A.example.com", "--allowed-origin", "*"]
        #expect(try Self.resolve(options).allowedOrigins == ["https://a.example.com", "*"])
        let variable = ["APUS_ALLOWED_ORIGINS": "http://a:3000, https://b"]
        #expect(try Self.resolve([], variable).allowedOrigins == ["http://a:3000", "https://b"])
        for wrong in ["a.example.com", "https://", "https://a/path"] {
            #expect(
                Self.message(["--allowed-origin", wrong], [:])
                    == "--allowed-origin: '\(wrong)' is no origin; use one such as https://app.example.com, or *."
            )
        }
    }

    @Test("an option wins over its variable")
    func precedence() throws {
        let configuration = try Self.resolve(
            ["--port", "1", "--data", "/a", "--log-level", "error", "--region", "x"],
            ["APUS_PORT": "2", "APUS_DATA": "/b", "APUS_LOG_LEVEL": "trace", "APUS_REGION": "y"])
        #expect(configuration.port == 1)
        #expect(configuration.dataDirectory == "/a")
        #expect(configuration.logLevel == .error)
        #expect(configuration.region == "x")
    }

    @Test("a data directory of the environment does not stand in the way of an ephemeral start")
    func ephemeral() throws {
        #expect(try Self.resolve(["--ephemeral"], ["APUS_DATA": "/b"]).isEphemeral)
        #expect(try Self.resolve([], ["APUS_EPHEMERAL": "yes"]).isEphemeral)
        #expect(try !Self.resolve([], ["APUS_EPHEMERAL": "0"]).isEphemeral)
    }

    @Test(
        "loopback addresses need no key",
        arguments: ["127.0.0.1", "127.1.2.3", "localhost", "LOCALHOST", "::1", "[::1]"])
    func loopback(host: String) throws {
        #expect(try Self.resolve(["--host", host]).isDevelopment)
    }

    @Test(
        "an address that others reach needs a key",
        arguments: [
            "0.0.0.0", "::", "10.0.0.1", "127.example.com", "apus.example.com",
            "127.0.0.1.example.com",
        ])
    func reachable(host: String) throws {
        #expect(Self.message(["--host", host], [:])?.contains("APUS_ACCESS_KEY_ID") == true)
        #expect(try !Self.resolve(["--host", host], Self.key).isDevelopment)
    }

    @Test(
        "what cannot be is refused with what can be",
        arguments: [
            (["--port", "abc"], [:], "--port: 'abc' is no port; use a number from 0 to 65535."),
            (
                [], ["APUS_PORT": "65536"],
                "--port: '65536' is no port; use a number from 0 to 65535."
            ),
            (["--log-format", "xml"], [:], "--log-format: 'xml' is none of text, json."),
            (
                ["--log-level", "loud"], [:],
                "--log-level: 'loud' is none of trace, debug, info, notice, warning, error, critical."
            ),
            (
                ["--tls-key", "k"], [:],
                "--tls-certificate and --tls-key belong together; one is missing."
            ),
            (
                ["--ephemeral", "--data", "/d"], [:],
                "--ephemeral keeps nothing, so it does not go with --data."
            ),
            (
                ["--ephemeral", "--database", "postgres://h/d"], [:],
                "--ephemeral keeps nothing, so it does not go with --database."
            ),
            (
                ["--database", "mysql://h"], [:],
                "--database: a URL such as postgres://user@host/database is needed; "
                    + "without --database, Apus keeps its data in files."
            ),
            (
                ["--base-domain", "a b"], [:],
                "--base-domain: 'a b' is no domain; use one such as localhost or apus.example.com."
            ),
            ([], ["APUS_EPHEMERAL": "maybe"], "APUS_EPHEMERAL: 'maybe' is neither 1 nor 0."),
            (
                [], ["APUS_ACCESS_KEY_ID": "a"],
                "APUS_ACCESS_KEY_ID and APUS_SECRET_ACCESS_KEY belong together; one of them is not set."
            ),
            (
                [], ["APUS_ACCESS_KEY_ID": "root", "APUS_SECRET_ACCESS_KEY": "short"],
                "APUS_SECRET_ACCESS_KEY needs at least 16 characters."
            ),
            (
                [], ["APUS_ACCESS_KEY_ID": "test", "APUS_SECRET_ACCESS_KEY": "0123456789abcdef"],
                "APUS_ACCESS_KEY_ID is 'test', a development or temporary key; choose another."
            ),
            (
                [], ["APUS_ACCESS_KEY_ID": "a b c", "APUS_SECRET_ACCESS_KEY": "0123456789abcdef"],
                "APUS_ACCESS_KEY_ID has letters, digits and underscores, 3 to 128 of them."
            ),
        ] as [([String], [String: String], String)])
    func refused(arguments: [String], environment: [String: String], message: String) {
        #expect(Self.message(arguments, environment) == message)
    }
}
