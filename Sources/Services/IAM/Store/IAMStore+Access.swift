import IAMModel
import ServiceKit
import Storage
import Wire

/// What callers must be allowed to do.
extension IAMStore {
    /// The right to an action of IAM on an entity, whose ARN has its path where it is there.
    ///
    /// - Parameter path: the path that the request gives it.
    func access(
        _ action: String, to reference: EntityReference, at path: String? = nil,
        in context: RequestContext, keys: [String: [String]] = [:]
    ) async throws -> [AccessRequest] {
        let account = context.account
        let found = try await read { transaction in
            try Self.find(reference, of: account, in: transaction)
        }
        var keys = keys
        if let boundary = found?.boundary, keys["iam:PermissionsBoundary"] == nil {
            keys["iam:PermissionsBoundary"] = [boundary]
        }
        let path = found?.path ?? path ?? "/"
        let separator = reference.kind == .openIDProvider || reference.kind == .samlProvider
        var resource =
            "arn:\(context.partition):iam::\(account):\(reference.kind.rawValue)"
            + "\(separator ? "/" : path)\(reference.name)"
        if reference.kind == .user, reference.name.isEmpty { resource = context.principal.arn }
        if reference.kind == .policy, reference.spelled != reference.name {
            resource = reference.spelled
        }
        var request = AccessRequest("iam:\(action)", on: resource, conditionKeys: keys)
        request.resourceTags = {
            let tags = try await read { transaction in
                try Self.tags(of: reference, of: account, in: transaction)
            }
            return Dictionary(tags.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        }
        return [request]
    }

    /// The right to list the entities of a kind below a path.
    func accessToList(
        _ action: String, _ kind: EntityKind, under prefix: String?, in context: RequestContext
    ) -> [AccessRequest] {
        let resource =
            "arn:\(context.partition):iam::\(context.account):\(kind.rawValue)\(prefix ?? "/")"
        return [AccessRequest("iam:\(action)", on: resource)]
    }

    /// The condition keys of a request that makes a user or role.
    func keys(setting tags: [Tag]?, boundary: String?) -> [String: [String]] {
        var keys = TagRules.conditionKeys(setting: tags ?? [])
        keys["iam:PermissionsBoundary"] = boundary.map { [$0] }
        return keys
    }

    /// The ARN of a policy that is to bound a user or role.
    ///
    /// - Throws: `InvalidInput`; `NoSuchEntity` where there is no such policy.
    func boundary(_ text: String, of account: String) async throws -> String {
        let arn = try PolicyARN.required(text)
        guard arn.isAWS || arn.account == account else {
            throw IAMError.noSuchEntityException(
                "Scope ARN: \(text) does not exist or is not attachable.")
        }
        return try await read { transaction in
            guard (try? Self.policy(arn, in: transaction)) != nil else {
                throw IAMError.noSuchEntityException(
                    "Scope ARN: \(text) does not exist or is not attachable.")
            }
            return text
        }
    }
}

extension RequestContext {
    /// The user that a request is about: the caller where it names none. Empty for the account's root.
    ///
    /// - Throws: `ValidationError` where the caller is neither a user nor the root.
    func userName(or name: String?) throws -> String {
        if let name { return name }
        switch principal {
        case .user(_, _, let name, _): return name
        case .root: return ""
        case .assumedRole, .federatedUser, .federated, .service, .anonymous:
            throw AWSError(
                "ValidationError",
                "Must specify userName when calling with non-User credentials")
        }
    }
}
