import IAMModel
import ServiceKit
import Wire

/// Lists the users, groups and roles that a managed policy is attached to, or bounds.
///
/// Source: API_ListEntitiesForPolicy in the IAM API Reference.
struct ListEntitiesForPolicy: OperationHandler {
    static let operation = IAMAPI.listEntitiesForPolicy
    let store: IAMStore

    func access(
        for input: ListEntitiesForPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let policy = try EntityReference.policy(input.policyArn)
        return try await store.access("ListEntitiesForPolicy", to: policy, in: context)
    }

    func handle(
        _ input: ListEntitiesForPolicyRequest, in context: RequestContext
    ) async throws -> ListEntitiesForPolicyResponse {
        let arn = try PolicyARN.required(input.policyArn)
        let usage = try await store.entities(
            using: arn, as: input.policyUsageFilter, of: context.account,
            under: input.pathPrefix ?? "/")
        func wanted(_ kind: EntityKind, _ filter: String) -> [Entity] {
            guard [nil, filter].contains(input.entityFilter) else { return [] }
            return usage.filter { $0.kind == kind }
        }
        return ListEntitiesForPolicyResponse(
            policyGroups: wanted(.group, "Group").map {
                PolicyGroup(groupName: $0.name, groupId: $0.id)
            },
            policyUsers: wanted(.user, "User").map { PolicyUser(userName: $0.name, userId: $0.id) },
            policyRoles: wanted(.role, "Role").map { PolicyRole(roleName: $0.name, roleId: $0.id) },
            isTruncated: false)
    }
}
