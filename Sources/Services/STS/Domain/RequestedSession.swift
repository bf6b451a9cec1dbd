import Platform
import STSModel
import ServiceKit
import Wire

/// The policies and tags that a request gives to its session, checked.
enum RequestedSession {
    /// Reads what `input` gives to the session of a role, beside what the caller's own session hands on.
    ///
    /// - Throws: `MalformedPolicyDocument`, `PackedPolicyTooLarge`, `InvalidParameterValue`, `ValidationError`.
    static func identity(
        of input: AssumeRoleRequest, in context: RequestContext
    ) throws -> SessionIdentity {
        var identity = SessionIdentity(issued: context.time)
        identity.sourceIdentity = context.session?.sourceIdentity ?? input.sourceIdentity
        try add(policy: input.policy, arns: input.policyArns, to: &identity)
        if let session = context.session {
            for key in session.transitiveTagKeys {
                let folded = key.lowercased()
                guard !(input.tags ?? []).contains(where: { $0.key.lowercased() == folded }) else {
                    throw AWSError(
                        "InvalidParameterValue",
                        "One of the specified transitive tag keys can't be set because it conflicts with a "
                            + "transitive tag key from the calling session.")
                }
                let tag = session.tags.first { $0.key.lowercased() == folded }
                if let tag { identity.tags[tag.key] = tag.value }
            }
            identity.transitiveTagKeys = session.transitiveTagKeys
        }
        try add(tags: input.tags, transitive: input.transitiveTagKeys, to: &identity)
        try checkSize(of: identity)
        return identity
    }

    /// Adds the policies that narrow a session.
    ///
    /// - Throws: `MalformedPolicyDocument`, `ValidationError`.
    static func add(
        policy: String?, arns: [PolicyDescriptorType]?, to identity: inout SessionIdentity
    ) throws {
        if let policy { identity.policies = [try checked(policy)] }
        identity.policyARNs = (arns ?? []).compactMap(\.arn)
        guard identity.policyARNs.count <= STSLimits.sessionPolicyARNs else {
            throw tooLong("policyArns", limit: STSLimits.sessionPolicyARNs)
        }
    }

    /// Adds the tags of a session.
    ///
    /// - Throws: `InvalidParameterValue`.
    static func add(
        tags: [Tag]?, transitive: [String]?, to identity: inout SessionIdentity
    ) throws {
        let tags = tags ?? []
        let keys = Set(tags.map { $0.key.lowercased() })
        guard keys.count == tags.count else {
            throw AWSError(
                "InvalidParameterValue",
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.")
        }
        let transitive = transitive ?? []
        guard transitive.allSatisfy({ keys.contains($0.lowercased()) }) else {
            throw AWSError(
                "InvalidParameterValue",
                "The specified transitive tag key must be included in the requested tags.")
        }
        for tag in tags { identity.tags[tag.key] = tag.value }
        identity.transitiveTagKeys += transitive
    }

    /// Checks that policies and tags fit into a token.
    ///
    /// - Throws: `PackedPolicyTooLarge`.
    static func checkSize(of identity: SessionIdentity) throws {
        if let percent = identity.packedPercent, percent > 100 {
            throw STSError.packedPolicyTooLargeException(
                "Packed policy consumes \(percent)% of allotted space, please use smaller policy.")
        }
    }

    /// Checks how long a role's session is to last.
    ///
    /// - Throws: `ValidationError`.
    static func check(_ seconds: Int, limit: Int?) throws {
        if let limit, seconds > limit {
            throw AWSError(
                "ValidationError",
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
        }
    }

    /// The condition keys that the tags of a request give to policies.
    static func conditionKeys(of tags: [Tag]) -> [String: [String]] {
        var keys: [String: [String]] = [:]
        for tag in tags { keys["aws:RequestTag/\(tag.key)"] = [tag.value] }
        if !tags.isEmpty { keys["aws:TagKeys"] = tags.map(\.key) }
        return keys
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
