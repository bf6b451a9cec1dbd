package import Logging

/// Everything that Apus is told when it starts. `StartOptions` lists the settings and their variables.
package struct Configuration: Sendable, Equatable {
    /// How the log is written.
    package enum LogFormat: String, Sendable, CaseIterable {
        case text
        case json
    }

    /// What is done with what IAM's policies say.
    package enum IAMMode: String, Sendable, CaseIterable {
        case enforce
        case advise
        case off
    }

    /// A certificate and its key, as PEM files.
    package struct TLS: Sendable, Equatable {
        package let certificatePath: String
        package let keyPath: String
    }

    package private(set) var host = "127.0.0.1"
    package private(set) var port = 4566
    package private(set) var dataDirectory = ".apus"
    package private(set) var isEphemeral = false
    package private(set) var databaseURL: String?
    /// The file of the root key, where it is not in the data directory.
    package private(set) var rootKeyPath: String?
    package private(set) var baseDomain = "localhost"
    /// The origins of web pages that may call beside those of this machine; `*` for all.
    package private(set) var allowedOrigins: [String] = []
    package private(set) var tls: TLS?
    package private(set) var logLevel = Logger.Level.info
    package private(set) var logFormat = LogFormat.text
    package private(set) var region = "us-east-1"
    /// Whether sandboxes wait for functions that have not been invoked yet.
    package private(set) var hasWarmPool = true
    /// `nil` where nothing was said: then it is advice in the development profile, and enforced elsewhere.
    private var givenIAMMode: IAMMode?
    /// The access key that signs requests; `nil` in the development profile.
    package private(set) var rootCredentials: RootCredentials?

    /// What is done with what IAM's policies say.
    package var iamMode: IAMMode { givenIAMMode ?? (isDevelopment ? .advise : .enforce) }

    /// Whether Apus is somebody's own: it takes the conventional development keys, and lets its clock be moved and itself
    /// be emptied.
    package var isDevelopment: Bool { rootCredentials == nil }

    /// Resolves the settings: a flag wins over a variable, a variable over the default.
    ///
    /// - Parameter environment: the value of a variable, `nil` where it is not set or empty.
    /// - Throws: `ConfigurationError`.
    package init(
        _ options: StartOptions, environment: @escaping (String) -> String?
    ) throws {
        let source = SettingSource(environment: environment)
        host = source.text(options.host, "APUS_HOST") ?? host
        port = try source.port(options.port) ?? port
        region = source.text(options.region, "APUS_REGION") ?? region
        baseDomain = try source.domain(options.baseDomain) ?? baseDomain
        allowedOrigins = try source.origins(options.allowedOrigin)
        logLevel = try source.choice(options.logLevel, "log-level", "APUS_LOG_LEVEL") ?? logLevel
        logFormat =
            try source.choice(options.logFormat, "log-format", "APUS_LOG_FORMAT") ?? logFormat
        givenIAMMode = try source.choice(options.iam, "iam", "APUS_IAM")
        tls = try Self.tls(options, source)
        hasWarmPool = try !options.noWarmPool && source.flag("APUS_WARM_POOL", default: true)
        try setStorage(options, source)
        try setCredentials(source)
    }

    private mutating func setStorage(_ options: StartOptions, _ source: SettingSource) throws {
        isEphemeral = try options.ephemeral || source.flag("APUS_EPHEMERAL")
        databaseURL = source.text(options.database, "APUS_DATABASE")
        rootKeyPath = source.text(options.rootKey, "APUS_ROOT_KEY")
        if isEphemeral, options.data != nil {
            throw ConfigurationError("--ephemeral keeps nothing, so it does not go with --data.")
        }
        if let databaseURL {
            guard !isEphemeral else {
                throw ConfigurationError(
                    "--ephemeral keeps nothing, so it does not go with --database.")
            }
            guard ["postgres://", "postgresql://"].contains(where: { databaseURL.hasPrefix($0) })
            else {
                throw ConfigurationError(
                    "--database: a URL such as postgres://user@host/database is needed; "
                        + "without --database, Apus keeps its data in files.")
            }
        }
        if let directory = source.text(options.data, "APUS_DATA") {
            dataDirectory = directory
        } else if let home = source.environment("HOME") {
            dataDirectory = "\(home)/.apus"
        }
    }

    private mutating func setCredentials(_ source: SettingSource) throws {
        let key = source.environment("APUS_ACCESS_KEY_ID")
        let secret = source.environment("APUS_SECRET_ACCESS_KEY")
        switch (key, secret) {
        case (let key?, let secret?):
            rootCredentials = try RootCredentials(accessKeyID: key, secretAccessKey: secret)
        case (nil, nil):
            guard isLoopback else {
                throw ConfigurationError(
                    """
                    \(host) can be reached from other machines, so Apus does not listen there with development keys. \
                    Set APUS_ACCESS_KEY_ID and APUS_SECRET_ACCESS_KEY, or use --host 127.0.0.1.
                    """)
            }
        default:
            throw ConfigurationError(
                "APUS_ACCESS_KEY_ID and APUS_SECRET_ACCESS_KEY belong together; one of them is not set."
            )
        }
    }

    private var isLoopback: Bool {
        if ["localhost", "::1", "[::1]"].contains(host.lowercased()) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func tls(_ options: StartOptions, _ source: SettingSource) throws -> TLS? {
        let certificate = source.text(options.tlsCertificate, "APUS_TLS_CERTIFICATE")
        let key = source.text(options.tlsKey, "APUS_TLS_KEY")
        switch (certificate, key) {
        case (let certificate?, let key?): return TLS(certificatePath: certificate, keyPath: key)
        case (nil, nil): return nil
        default:
            throw ConfigurationError(
                "--tls-certificate and --tls-key belong together; one is missing.")
        }
    }
}
