import ArgumentParser

/// The options of every command that speaks to an Apus which runs.
struct ClientOptions: ParsableArguments {
    @Option(help: "Where Apus is (APUS_ENDPOINT; http://127.0.0.1:4566).")
    var endpoint: String?

    @Option(help: "The region to work in (APUS_REGION, AWS_REGION; us-east-1).")
    var region: String?

    @Option(
        help: ArgumentHelp(
            "Work in this account: any 12 digits, while Apus takes development keys.",
            valueName: "digits"))
    var account: String?

    /// A client with these options and the process's variables.
    ///
    /// - Throws: `ConfigurationError`.
    func client() throws -> ApusClient {
        ApusClient(try ClientSettings(self, environment: Environment.value))
    }
}
