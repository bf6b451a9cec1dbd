import Authorization
import CLI
import IAM
import Platform
import ServiceKit
import Wire

/// What decides requests, and tells why.
struct AccessControl {
    let mode: AuthorizationMode
    let ledger = AccessLedger()

    init(_ configuration: Configuration) {
        mode =
            switch configuration.iamMode {
            case .enforce: .enforce
            case .advise: .advise
            case .off: .off
            }
    }

    /// What decides requests by what the services registered.
    func authorizer(_ registry: ServiceRegistry, clock: any Clock) -> any Authorizer {
        guard mode != .off, let directory = registry.identities else { return AuthorizationOff() }
        return PolicyAuthorizer(
            mode: mode, directory: directory, ledger: ledger, clock: clock,
            messages: registry.authorizationMessages)
    }

    /// Answers why requests were denied; `nil` where no policy is evaluated.
    func explain(
        _ services: [any ApusService]
    ) -> (@Sendable (String) async throws -> Document?)? {
        guard let explainer = explainer(services) else { return nil }
        return { try await explainer.explanation(of: $0) }
    }

    /// Answers what somebody needs, who is given by an ARN, or by an account, a slash and the name of a role.
    func advise(
        _ services: [any ApusService]
    ) -> (@Sendable (String) async throws -> Document)? {
        guard let explainer = explainer(services) else { return nil }
        return { name in
            let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
            guard !name.hasPrefix("arn:"), parts.count == 2 else {
                return try await explainer.advice(for: name, in: "000000000000")
            }
            return try await explainer.advice(for: parts[1], in: parts[0])
        }
    }

    private func explainer(_ services: [any ApusService]) -> AccessExplainer? {
        guard mode != .off else { return nil }
        return services.lazy.compactMap { $0 as? IAMService }.first?.explainer
    }
}
