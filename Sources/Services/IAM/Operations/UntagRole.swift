import IAMModel
import ServiceKit
import Wire

/// Removes tags of a role.
///
/// Source: API_UntagRole in the IAM API Reference.
struct UntagRole: OperationHandler {
    static let operation = IAMAPI.untagRole
    let roles: RoleStore

    func access(
        for input: UntagRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            AccessRequest(
                "iam:UntagRole",
                on: try await roles.arn(
                    input.roleName, of: context.account, in: context.partition),
                conditionKeys: ["aws:TagKeys": input.tagKeys])
        ]
    }

    func handle(
        _ input: UntagRoleRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(keys: input.tagKeys)
        try await roles.untag(input.roleName, of: context.account, keys: input.tagKeys)
        return EmptyStructure()
    }
}
