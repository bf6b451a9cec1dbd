import IAMModel
import ServiceKit
import Wire

/// Lists the instance profiles that hold a role.
///
/// Source: API_ListInstanceProfilesForRole in the IAM API Reference.
struct ListInstanceProfilesForRole: OperationHandler {
    static let operation = IAMAPI.listInstanceProfilesForRole
    let store: IAMStore

    func access(
        for input: ListInstanceProfilesForRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access(
            "ListInstanceProfilesForRole", to: .role(input.roleName), in: context)
    }

    func handle(
        _ input: ListInstanceProfilesForRoleRequest, in context: RequestContext
    ) async throws -> ListInstanceProfilesForRoleResponse {
        let profiles = try await store.instanceProfiles(of: input.roleName, of: context.account)
        let page = try Page(
            all: profiles, marker: input.marker, count: input.maxItems,
            key: \.reference.foldedName)
        return ListInstanceProfilesForRoleResponse(
            instanceProfiles: try await store.instanceProfiles(page.items, in: context),
            isTruncated: page.isTruncated, marker: page.marker)
    }
}
