/// Where Apus is and who asks.
struct ClientSettings: Equatable {
    let endpoint: Endpoint
    let region: String
    let accessKeyID: String
    let secretAccessKey: String

    /// Resolves the settings: an option wins over a variable, a variable over the default.
    ///
    /// AWS's own variables for keys are not looked at, so that no real key is ever sent to an Apus.
    ///
    /// - Throws: `ConfigurationError`.
    init(_ options: ClientOptions, environment: (String) -> String?) throws {
        endpoint = try Endpoint(
            options.endpoint ?? environment("APUS_ENDPOINT") ?? "http://127.0.0.1:4566")
        region =
            options.region ?? environment("APUS_REGION") ?? environment("AWS_REGION")
            ?? environment("AWS_DEFAULT_REGION") ?? "us-east-1"
        if let account = options.account {
            guard account.utf8.count == 12, account.utf8.allSatisfy({ 48...57 ~= $0 }) else {
                throw ConfigurationError("--account: '\(account)' is not 12 digits.")
            }
            accessKeyID = account
            secretAccessKey = "test"
        } else {
            accessKeyID = environment("APUS_ACCESS_KEY_ID") ?? "test"
            secretAccessKey = environment("APUS_SECRET_ACCESS_KEY") ?? "test"
        }
    }
}
