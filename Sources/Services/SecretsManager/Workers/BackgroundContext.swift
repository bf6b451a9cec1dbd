import Logging
import Platform
import ServiceKit

/// The contexts of work that Secrets Manager does on its own.
struct BackgroundContext: Sendable {
    let clock: any Clock
    let randomness: any Randomness
    let logger: Logger

    /// A context of the account itself, for what the account's keys are needed for.
    func context(account: String, region: String) -> RequestContext {
        RequestContext(
            account: account, region: region, principal: .root(account: account),
            requestID: randomness.uuid(), traceHeader: "", time: clock.now,
            origin: Origin(scheme: "http", host: "localhost", port: nil, baseDomain: "localhost"),
            sourceIP: "127.0.0.1", userAgent: "secretsmanager.amazonaws.com", logger: logger)
    }

    /// A context of Secrets Manager itself, for a secret.
    func service(for secret: SecretRecord) -> RequestContext {
        context(account: secret.account, region: secret.region).acting(
            as: .service("secretsmanager.amazonaws.com"), requestID: randomness.uuid(),
            for: ARN(secret.arn))
    }
}
