import ArgumentParser

/// The options of `apus start`. Each is also a variable; what the command line says wins.
package struct StartOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The address to listen on (APUS_HOST; 127.0.0.1).",
            discussion: """
                Other addresses than loopback need an access key, which the variables APUS_ACCESS_KEY_ID and \
                APUS_SECRET_ACCESS_KEY give. Where they are set, no other key is accepted.
                """))
    var host: String?

    @Option(help: "The port to listen on; 0 takes one that is free (APUS_PORT; 4566).")
    var port: String?

    @Option(help: "Where data is kept (APUS_DATA; ~/.apus).", completion: .directory)
    var data: String?

    @Flag(help: "Keep nothing: all data is gone when Apus ends (APUS_EPHEMERAL=1).")
    var ephemeral = false

    @Option(
        help: ArgumentHelp(
            "Keep data in PostgreSQL: postgres://user@host/database (APUS_DATABASE).",
            valueName: "url"))
    var database: String?

    @Option(
        help: ArgumentHelp(
            "The file of the key that seals all secrets (APUS_ROOT_KEY; root.key in the data directory).",
            discussion: """
                It holds 32 bytes in Base64, which Apus makes at the first start. Nodes that share a database need the \
                same one.
                """,
            valueName: "file"),
        completion: .file())
    var rootKey: String?

    @Option(
        help: ArgumentHelp(
            "The domain below which functions and APIs have host names (APUS_BASE_DOMAIN; localhost).",
            valueName: "domain"))
    var baseDomain: String?

    @Option(
        help: ArgumentHelp(
            "Let web pages of this origin call, too: https://app.example.com, or * (APUS_ALLOWED_ORIGINS).",
            discussion: """
                May be given several times; the variable lists them with commas. Pages of this machine may always call.
                """,
            valueName: "origin"))
    var allowedOrigin: [String] = []

    @Option(
        help: ArgumentHelp(
            "Serve TLS with this certificate (APUS_TLS_CERTIFICATE).", valueName: "pem"),
        completion: .file())
    var tlsCertificate: String?

    @Option(
        help: ArgumentHelp("The private key of the certificate (APUS_TLS_KEY).", valueName: "pem"),
        completion: .file())
    var tlsKey: String?

    @Option(
        help: ArgumentHelp(
            "What is logged: trace, debug, info, notice, warning, error or critical (APUS_LOG_LEVEL; info).",
            valueName: "level"))
    var logLevel: String?

    @Option(
        help: ArgumentHelp(
            "How it is logged: text or json (APUS_LOG_FORMAT; text).", valueName: "format"))
    var logFormat: String?

    @Flag(
        help: ArgumentHelp(
            "Start every sandbox when an event needs it, and none before (APUS_WARM_POOL=0)."))
    var noWarmPool = false

    @Option(
        help: ArgumentHelp(
            "What IAM's policies do: enforce, advise or off (APUS_IAM; advise with development keys, else enforce).",
            discussion: """
                With advise, everything passes, and 'apus iam explain' and 'apus iam advise' tell what would have been \
                denied, and the policy that allows it.
                """,
            valueName: "mode"))
    var iam: String?

    @Option(help: "The region where a request names none (APUS_REGION; us-east-1).")
    var region: String?

    package init() {}

    /// The settings that the options and the process's environment make.
    ///
    /// - Throws: `ConfigurationError`, which tells what to write instead.
    package func configuration() throws -> Configuration {
        try Configuration(self, environment: Environment.value)
    }
}
