import IAMModel
import Platform
import ServiceKit
import Wire

/// Removes the role of a service, which is done when this answers.
///
/// Source: API_DeleteServiceLinkedRole in the IAM API Reference.
struct DeleteServiceLinkedRole: OperationHandler {
    static let operation = IAMAPI.deleteServiceLinkedRole
    let store: IAMStore
    let randomness: any Randomness

    func access(
        for input: DeleteServiceLinkedRoleRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("DeleteServiceLinkedRole", to: .role(input.roleName), in: context)
    }

    func handle(
        _ input: DeleteServiceLinkedRoleRequest, in context: RequestContext
    ) async throws -> DeleteServiceLinkedRoleResponse {
        let role = try await store.entity(.role(input.roleName), of: context.account)
        guard role.path.hasPrefix(ServiceLinkedRole.pathPrefix) else {
            throw IAMError.invalidInputException(
                "\(input.roleName) is not a service-linked role.")
        }
        try await store.delete(.role(input.roleName), of: context.account)
        let service = role.path.dropFirst(ServiceLinkedRole.pathPrefix.count).dropLast()
        return DeleteServiceLinkedRoleResponse(
            deletionTaskId: "task/aws-service-role/\(service)/\(role.name)/\(randomness.uuid())")
    }
}
