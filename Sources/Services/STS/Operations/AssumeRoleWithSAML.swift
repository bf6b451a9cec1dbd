import Crypto
import IAMModel
import Platform
import STSModel
import ServiceKit
import Wire

/// Makes a session of a role for whom a SAML provider vouches.
///
/// Source: API_AssumeRoleWithSAML in the STS API Reference.
struct AssumeRoleWithSAML: OperationHandler {
    static let operation = STSAPI.assumeRoleWithSAML
    let roles: RoleDirectory
    let issuer: SessionIssuer
    let caller: ServiceCaller

    func access(
        for input: AssumeRoleWithSAMLRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let role = try RoleARN(input.roleArn)
        let assertion = try await assertion(input, in: context)
        let provider = input.principalArn
        var actions = ["sts:AssumeRoleWithSAML"]
        let tags = Self.tags(of: assertion)
        if !tags.isEmpty { actions.append("sts:TagSession") }
        var keys = Self.conditionKeys(of: assertion, provider: provider)
        keys.merge(RequestedSession.conditionKeys(of: tags)) { $1 }
        return actions.map { action in
            var request = AccessRequest(action, on: role.text, conditionKeys: keys) {
                try await roles.trustPolicy(of: role, in: context)
            }
            request.resourcePolicyRole = .isRequired
            request.principal = .federated(provider: provider)
            return request
        }
    }

    func handle(
        _ input: AssumeRoleWithSAMLRequest, in context: RequestContext
    ) async throws -> AssumeRoleWithSAMLResponse {
        let arn = try RoleARN(input.roleArn)
        let assertion = try await assertion(input, in: context)
        guard let role = try await roles.role(arn, in: context) else {
            throw AWSError(
                "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML", status: 403)
        }
        var identity = SessionIdentity(issued: context.time)
        try RequestedSession.add(
            policy: input.policy, arns: input.policyArns, to: &identity)
        try RequestedSession.add(tags: Self.tags(of: assertion), transitive: nil, to: &identity)
        identity.federatedProvider = input.principalArn
        identity.federatedClaims = Self.conditionKeys(of: assertion, provider: input.principalArn)
        identity.sourceIdentity = assertion.attributes["SourceIdentity"]?.first
        try RequestedSession.checkSize(of: identity)
        // The provider may want sessions to end earlier than the caller does.
        let given = assertion.attributes["SessionDuration"]?.first.flatMap { Int($0) }
        let wanted = input.durationSeconds ?? STSLimits.defaultRoleSessionSeconds
        let seconds = min(wanted, given ?? wanted)
        try RequestedSession.check(seconds, limit: role.maxSessionDuration)
        guard let name = assertion.attributes["RoleSessionName"]?.first, name.utf8.count >= 2 else {
            throw Self.invalid("RoleSessionName is required in AuthnResponse")
        }
        let principal = Principal.assumedRole(
            account: arn.account, role: arn.name, roleID: role.roleId, session: name)
        return AssumeRoleWithSAMLResponse(
            credentials: try await issuer.issue(
                to: principal, of: arn.account, for: seconds, identity),
            assumedRoleUser: AssumedRoleUser(assumedRoleId: principal.userID, arn: principal.arn),
            packedPolicySize: identity.packedPercent, subject: assertion.subject,
            subjectType: assertion.subjectType, issuer: assertion.issuer,
            audience: assertion.recipient,
            nameQualifier: Self.nameQualifier(of: assertion, provider: input.principalArn),
            sourceIdentity: identity.sourceIdentity)
    }

    /// The verified assertion, which has to name the role together with the provider.
    ///
    /// - Throws: `InvalidIdentityToken`, `ExpiredTokenException`.
    private func assertion(
        _ input: AssumeRoleWithSAMLRequest, in context: RequestContext
    ) async throws -> SAMLAssertion {
        let role = try RoleARN(input.roleArn)
        let keys = try await keys(of: input.principalArn, for: role, in: context)
        guard let response = Base64.decode(input.samlAssertion.utf8.filter { $0 > 0x20 }) else {
            throw Self.invalid("Invalid base64 SAMLResponse")
        }
        let assertion: SAMLAssertion
        do {
            assertion = try SAMLAssertion(response: response, metadata: keys, at: context.time)
        } catch SAMLAssertion.Failure.expired {
            throw STSError.expiredTokenException(
                "Token must be redeemed within 5 minutes of issuance")
        } catch SAMLAssertion.Failure.malformed(let reason) {
            throw Self.invalid(reason)
        }
        let pairs = (assertion.attributes["Role"] ?? []).map { pair in
            Set(pair.split(separator: ",").map { String($0.filter { !$0.isWhitespace }) })
        }
        guard pairs.contains([input.roleArn, input.principalArn]) else {
            throw AWSError(
                "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML", status: 403)
        }
        return assertion
    }

    private func keys(
        of provider: String, for role: RoleARN, in context: RequestContext
    ) async throws -> SAMLProviderKeys {
        guard ARN(provider)?.account == role.account else {
            throw Self.invalid("Specified provider doesn't exist")
        }
        var asking = context.acting(
            as: .service("sts.amazonaws.com"), requestID: context.requestID)
        asking.account = role.account
        do {
            let found = try await caller.call(
                IAMAPI.getSAMLProvider, GetSAMLProviderRequest(samlProviderArn: provider),
                in: asking)
            guard let keys = SAMLProviderKeys(metadata: found.samlMetadataDocument ?? "") else {
                throw Self.invalid("The provider's metadata has no key that verifies signatures")
            }
            return keys
        } catch let error as AWSError where error.code == IAMError.noSuchEntityException.code {
            throw Self.invalid("Specified provider doesn't exist")
        }
    }

    private static func tags(of assertion: SAMLAssertion) -> [STSModel.Tag] {
        assertion.attributes.compactMap { name, values in
            guard name.hasPrefix("PrincipalTag:"), let value = values.first else { return nil }
            return STSModel.Tag(key: String(name.dropFirst("PrincipalTag:".count)), value: value)
        }.sorted { $0.key < $1.key }
    }

    private static func conditionKeys(
        of assertion: SAMLAssertion, provider: String
    ) -> [String: [String]] {
        [
            "saml:aud": [assertion.recipient], "saml:iss": [assertion.issuer],
            "saml:sub": [assertion.subject], "saml:sub_type": [assertion.subjectType],
            "saml:namequalifier": [nameQualifier(of: assertion, provider: provider)],
        ]
    }

    /// What tells the subjects of one provider from those of another.
    private static func nameQualifier(of assertion: SAMLAssertion, provider: String) -> String {
        let arn = ARN(provider)
        let name = arn?.resource.split(separator: "/").last ?? ""
        let text = "\(assertion.issuer)\(arn?.account ?? "")/\(name)"
        return Base64.encode(Array(Insecure.SHA1.hash(data: Array(text.utf8))))
    }

    private static func invalid(_ message: String) -> AWSError {
        STSError.invalidIdentityTokenException(message)
    }
}
