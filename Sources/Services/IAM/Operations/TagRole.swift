import IAMModel
import ServiceKit
import Wire

/// Sets tags of a role.
///
/// Source: API_TagRole in the IAM API Reference.
struct TagRole: OperationHandler {
    static let operation = IAMAPI.tagRole
    let roles: RoleStore

    func access(
        for input: TagRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            AccessRequest(
                "iam:TagRole",
                on: try await roles.arn(
                    input.roleName, of: context.account, in: context.partition),
                conditionKeys: TagRules.conditionKeys(setting: input.tags))
        ]
    }

    func handle(
        _ input: TagRoleRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(input.tags)
        try await roles.tag(input.roleName, of: context.account, with: input.tags)
        return EmptyStructure()
    }
}
