/// The settings of the gateway.
package struct GatewayConfiguration: Sendable {
    /// A certificate and its key, as PEM files.
    package struct TLS: Sendable {
        package var certificatePath: String
        package var keyPath: String

        package init(certificatePath: String, keyPath: String) {
            self.certificatePath = certificatePath
            self.keyPath = keyPath
        }
    }

    /// The address to listen on.
    package var host = "127.0.0.1"
    /// The port to listen on; 0 for one that is free.
    package var port = 4566
    /// The domain under which hosted things have names; `localhost` and `localhost.localstack.cloud` are understood beside it.
    package var baseDomain = "localhost"
    /// The region of requests that name none.
    package var region = "us-east-1"
    /// Serves TLS on the same port.
    package var tls: TLS?
    /// Lets access keys in that nobody registered, as `CredentialStore` describes: in the development profile.
    package var acceptsUnregisteredKeys = true
    /// The origins of web pages that may call beside those of this machine; `*` for all.
    package var allowedOrigins: [String] = []
    package var limits = GatewayLimits()

    package init() {}
}
