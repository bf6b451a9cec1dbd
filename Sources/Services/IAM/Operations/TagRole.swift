import IAMModel
import ServiceKit
import Wire

/// Sets tags of a role.
///
/// Source: API_TagRole in the IAM API Reference.
struct TagRole: OperationHandler {
    static let operation = IAMAPI.tagRole
    let store: IAMStore

    func access(
        for input: TagRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "TagRole", to: .role(input.roleName), in: context,
            keys: TagRules.conditionKeys(setting: input.tags))
    }

    func handle(
        _ input: TagRoleRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try TagRules.check(input.tags)
        try await store.tag(.role(input.roleName), of: context.account, with: input.tags)
        return EmptyStructure()
    }
}
