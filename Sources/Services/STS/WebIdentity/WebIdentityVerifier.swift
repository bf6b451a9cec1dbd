import IAMModel
import Platform
import STSModel
import ServiceKit
import Wire

/// Verifies the tokens of OpenID Connect providers that an account trusts.
///
/// Source: API_AssumeRoleWithWebIdentity in the STS API Reference.
struct WebIdentityVerifier: Sendable {
    /// What a verified token says.
    struct Identity: Sendable {
        /// The provider's ARN, or its name where every account may trust it.
        let provider: String
        /// The provider as answers and condition keys have it: its address without the scheme.
        let name: String
        let token: WebToken
        let audience: String

        /// The claims as condition keys: `token.example.com:sub`.
        var conditionKeys: [String: [String]] {
            var keys: [String: [String]] = ["\(name):aud": token.audiences]
            keys["\(name):sub"] = token.subject.map { [$0] }
            for claim in ["amr", "email", "oaud", "job_workflow_ref", "repository", "namespace"] {
                let texts = token.texts(claim)
                if !texts.isEmpty { keys["\(name):\(claim)"] = texts }
            }
            return keys
        }
    }

    /// A provider whose tokens need no entry in IAM.
    private static let wellKnown = "accounts.google.com"

    let keys: WebKeyStore
    let caller: ServiceCaller

    /// Verifies a token for a role.
    ///
    /// - Throws: `InvalidIdentityToken`, `ExpiredTokenException`, `IDPCommunicationError`.
    func verify(
        _ text: String, for role: RoleARN, in context: RequestContext
    ) async throws -> Identity {
        guard let token = WebToken(text), let issuer = token.issuer else {
            throw Self.invalid(
                "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"
            )
        }
        guard let scheme = ["https://", "http://"].first(where: { issuer.hasPrefix($0) }) else {
            throw Self.invalid("No OpenIDConnect provider found in your account for \(issuer)")
        }
        let host = issuer.dropFirst(scheme.count)
        let name = String(host.hasSuffix("/") ? host.dropLast() : host)
        let (provider, clients) = try await provider(name, issuer: issuer, role, in: context)
        try checkDates(of: token, at: context.time)
        guard let audience = token.audiences.first(where: { clients?.contains($0) ?? true }) else {
            throw Self.invalid("Incorrect token audience")
        }
        let keys = try await keys.keys(of: issuer, for: token)
        guard keys.contains(where: { $0.verifies(token) }) else {
            throw Self.invalid("Provided Token is not valid: its signature cannot be verified")
        }
        return Identity(provider: provider, name: name, token: token, audience: audience)
    }

    /// The provider's ARN and the audiences that the role's account accepts.
    private func provider(
        _ name: String, issuer: String, _ role: RoleARN, in context: RequestContext
    ) async throws -> (String, [String]?) {
        var asking = context.acting(
            as: .service("sts.amazonaws.com"), requestID: context.requestID)
        asking.account = role.account
        let arn = "arn:\(context.partition):iam::\(role.account):oidc-provider/\(name)"
        do {
            let provider = try await caller.call(
                IAMAPI.getOpenIDConnectProvider,
                GetOpenIDConnectProviderRequest(openIDConnectProviderArn: arn), in: asking)
            return (arn, provider.clientIDList ?? [])
        } catch let error as AWSError where error.code == IAMError.noSuchEntityException.code {
            if name == Self.wellKnown { return (name, nil) }
            throw Self.invalid("No OpenIDConnect provider found in your account for \(issuer)")
        }
    }

    private func checkDates(of token: WebToken, at now: Instant) throws {
        guard let expiration = token.expiration else {
            throw Self.invalid("Missing a required claim: exp")
        }
        guard now < expiration else {
            throw STSError.expiredTokenException(
                "Token expired: current date/time \(now.seconds) must be before the expiration date/time "
                    + "\(expiration.seconds)")
        }
        if let start = token.notBefore, now < start {
            throw Self.invalid("Token is not yet valid")
        }
        guard token.subject != nil else { throw Self.invalid("Missing a required claim: sub") }
    }

    private static func invalid(_ message: String) -> AWSError {
        STSError.invalidIdentityTokenException(message)
    }
}
