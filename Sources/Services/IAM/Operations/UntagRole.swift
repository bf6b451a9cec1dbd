import IAMModel
import ServiceKit
import Wire

/// Removes tags of a role.
///
/// Source: API_UntagRole in the IAM API Reference.
struct UntagRole: OperationHandler {
    static let operation = IAMAPI.untagRole
    let store: IAMStore

    func access(
        for input: UntagRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "UntagRole", to: .role(input.roleName), in: context,
            keys: ["aws:TagKeys": input.tagKeys])
    }

    func handle(
        _ input: UntagRoleRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(keys: input.tagKeys)
        try await store.untag(.role(input.roleName), of: context.account, keys: input.tagKeys)
        return EmptyStructure()
    }
}
