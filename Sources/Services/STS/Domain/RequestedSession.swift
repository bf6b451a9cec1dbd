import Platform
import STSModel
import ServiceKit
import Wire

/// The policies and tags that a request gives to its session, checked.
enum RequestedSession {
    /// Reads what `input` gives to the session.
    ///
    /// - Throws: `MalformedPolicyDocument`, `PackedPolicyTooLarge`, `InvalidParameterValue`, `ValidationError`.
    static func identity(
        of input: AssumeRoleRequest, at time: Instant
    ) throws -> SessionIdentity {
        var identity = SessionIdentity(issued: time)
        identity.sourceIdentity = input.sourceIdentity
        if let policy = input.policy { identity.policies = [try checked(policy)] }
        identity.policyARNs = (input.policyArns ?? []).compactMap(\.arn)
        guard identity.policyARNs.count <= STSLimits.sessionPolicyARNs else {
            throw tooLong("policyArns", limit: STSLimits.sessionPolicyARNs)
        }
        try setTags(of: input, in: &identity)
        if let percent = identity.packedPercent, percent > 100 {
            throw STSError.packedPolicyTooLargeException(
                "Packed policy consumes \(percent)% of allotted space, please use smaller policy.")
        }
        return identity
    }

    private static func setTags(
        of input: AssumeRoleRequest, in identity: inout SessionIdentity
    ) throws {
        let tags = input.tags ?? []
        let keys = Set(tags.map { $0.key.lowercased() })
        guard keys.count == tags.count else {
            throw AWSError(
                "InvalidParameterValue",
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.")
        }
        let transitive = input.transitiveTagKeys ?? []
        guard transitive.allSatisfy({ keys.contains($0.lowercased()) }) else {
            throw AWSError(
                "InvalidParameterValue",
                "The specified transitive tag key must be included in the requested tags.")
        }
        for tag in tags { identity.tags[tag.key] = tag.value }
        identity.transitiveTagKeys = transitive
    }

    private static func checked(_ policy: String) throws -> String {
        guard policy.unicodeScalars.count <= STSLimits.sessionPolicyCharacters else {
            throw tooLong("policy", limit: STSLimits.sessionPolicyCharacters)
        }
        guard let document = try? Document(json: policy), document["Statement"] != nil else {
            throw STSError.malformedPolicyDocumentException("This policy contains invalid Json")
        }
        return policy
    }

    private static func tooLong(_ member: String, limit: Int) -> AWSError {
        AWSError(
            "ValidationError",
            "1 validation error detected: Value at '\(member)' failed to satisfy constraint: "
                + "Member must have length less than or equal to \(limit)")
    }
}
