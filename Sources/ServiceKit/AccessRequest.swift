/// One action on one or more resources, for the authorizer to decide.
package struct AccessRequest: Sendable {
    /// The IAM action: `lambda:InvokeFunction`.
    package var action: String
    /// The ARNs that the action is on; `*` where the action has no resources.
    package var resources: [String]
    /// The values of the service's own condition keys: `lambda:FunctionUrlAuthType`.
    package var conditionKeys: [String: [String]]
    /// Finds the resource's own policy, as JSON; `nil` where the resource has none. A closure that is `nil` itself says that
    /// such resources never have one.
    package var resourcePolicy: (@Sendable () async throws -> String?)?
    /// What the resource's policy counts for.
    package var resourcePolicyRole = ResourcePolicyRole.adds
    /// The account that owns the resources, where their ARNs do not tell it, as those of buckets.
    package var resourceAccount: String?
    /// Finds the resource's tags, for `aws:ResourceTag/…`; asked only where a policy wants to know.
    package var resourceTags: (@Sendable () async throws -> [String: String])?
    /// Whether something else than a policy allows it, as a grant of KMS or an access control list of S3 does. An explicit deny
    /// wins nevertheless.
    package var isGranted: (@Sendable () async throws -> Bool)?
    /// Whether nobody who did not sign gets in without a policy or grant, also where decisions are only advice: what a bucket shows
    /// to the world is seen by developers as the world sees it.
    package var isEnforcedForAnonymous = false
    /// Who is judged, where that is not who signed the request: the bearer of an identity provider's token.
    package var principal: Principal?

    package init(
        _ action: String, on resources: String..., conditionKeys: [String: [String]] = [:],
        resourcePolicy: (@Sendable () async throws -> String?)? = nil
    ) {
        self.action = action
        self.resources = resources.isEmpty ? ["*"] : resources
        self.conditionKeys = conditionKeys
        self.resourcePolicy = resourcePolicy
    }
}

/// What a resource's policy counts for within the resource's own account.
package enum ResourcePolicyRole: Sendable {
    /// It allows beside the caller's own policies, and may deny: bucket, queue and topic policies.
    case adds
    /// It allows beside the caller's own policies and never denies, so it need not be read where those allow: function policies.
    case onlyAllows
    /// Nothing is allowed that it does not allow, to the caller or to the caller's account: key policies, and those that say who
    /// may assume a role.
    case isRequired
}
